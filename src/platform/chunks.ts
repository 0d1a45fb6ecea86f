import { closeSync, createReadStream, fstatSync, openSync, read, readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';

/** Smaller files are read at once. */
const SMALL_FILE = 2 ** 23;
const CHUNK = 2 ** 18;

/** The bytes of a file: a small one in one piece. Throws what the system says, now or while they are read. */
export async function openFile(path: string): Promise<AsyncIterable<Uint8Array>> {
  const descriptor = openSync(path, 'r');
  const stats = fstatSync(descriptor);
  if (stats.isFile()) return stats.size < SMALL_FILE ? wholeFile(descriptor) : pieces(descriptor);
  // A pipe may wait for its writer for long, which a stream does beside everything else.
  return arriving(createReadStream('', { fd: descriptor, highWaterMark: CHUNK }));
}

/** A gap between two chunks that is no longer than this, in milliseconds, is no wait. */
const GAP = 100;
const nothing = new Uint8Array();

/**
 * The chunks of a stream as they come, with empty ones while the next makes wait: who collects them can make
 * something of those that have come. The stream is destroyed when nobody asks for more.
 */
export async function* arriving(stream: Readable): AsyncGenerator<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = stream[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = chunks.next();
      // Told to who asks for it, if anybody does.
      next.catch(() => undefined);
      while (!(await isSoon(next))) yield nothing;
      const { value, done } = await next;
      if (done === true) return;
      yield value;
    }
  } finally {
    stream.destroy();
  }
}

function isSoon(next: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), GAP);
    const settled = (): void => {
      clearTimeout(timer);
      resolve(true);
    };
    next.then(settled, settled);
  });
}

async function* wholeFile(descriptor: number): AsyncGenerator<Uint8Array> {
  try {
    yield readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** The next one is read while one is worked on. */
async function* pieces(descriptor: number): AsyncGenerator<Uint8Array> {
  let reading = readPiece(descriptor);
  try {
    for (;;) {
      const piece = await reading;
      if (piece.length === 0) return;
      reading = readPiece(descriptor);
      // Told to who asks for the next one, if anybody does.
      reading.catch(() => undefined);
      yield piece;
    }
  } finally {
    await reading.catch(() => undefined);
    closeSync(descriptor);
  }
}

/** Not at once, so that a signal is heard between two pieces. */
function readPiece(descriptor: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    read(descriptor, Buffer.allocUnsafe(CHUNK), 0, CHUNK, null, (error, length, buffer) => {
      if (error) reject(error);
      else resolve(buffer.subarray(0, length));
    });
  });
}
