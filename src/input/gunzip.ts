import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** The content of gzip data, of all its members if there are several. Throws what zlib throws for damaged data. */
export async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const unpacking = createGunzip({ chunkSize: 2 ** 18 });
  // Errors arrive at the reader below, those of the chunks too.
  pipeline(Readable.from(chunks), unpacking, () => undefined);
  yield* unpacking;
}
