import type { Writable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { Target } from './files.ts';

/** What is written there arrives at `target` as gzip data. */
export function compressed(target: Target): Target {
  const packing = createGzip();
  const passingOn = passOn(packing, target);
  // Told at the next write, or at the end.
  passingOn.catch(() => undefined);
  return {
    // Once the target takes no more, a write may never be heard of again.
    write: (bytes) => Promise.race([written(packing, bytes), passingOn]),
    async finish() {
      packing.end();
      await passingOn;
      await target.finish();
    },
    async abandon() {
      packing.destroy();
      await target.abandon();
    },
  };
}

function written(packing: Writable, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    packing.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}

async function passOn(packed: AsyncIterable<Uint8Array>, target: Target): Promise<void> {
  for await (const bytes of packed) await target.write(bytes);
}
