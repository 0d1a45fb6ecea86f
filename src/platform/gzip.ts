import { createGzip } from 'node:zlib';
import type { Target } from './files.ts';

/** What is written there arrives at `target` as gzip data. */
export function compressed(target: Target): Target {
  const packing = createGzip();
  const passingOn = passOn(packing, target);
  // Told at the next write, or at the end.
  passingOn.catch(() => undefined);
  return {
    async write(bytes) {
      try {
        await new Promise<void>((resolve, reject) => {
          packing.write(bytes, (error) => (error ? reject(error) : resolve()));
        });
      } catch (error) {
        // Why the target does not take it says more.
        await passingOn;
        throw error;
      }
    },
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

async function passOn(packed: AsyncIterable<Uint8Array>, target: Target): Promise<void> {
  for await (const bytes of packed) await target.write(bytes);
}
