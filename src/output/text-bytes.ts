/** Gathers text as UTF-8, in room that is used again and again: joining texts first would copy each once more. */
export interface TextBytes {
  readonly add: (text: string) => void;
  /** A copy of what was gathered since the last time; `undefined` if that is nothing. */
  readonly take: () => Uint8Array<ArrayBuffer> | undefined;
}

/** No UTF-16 code unit takes more bytes in UTF-8. */
const MOST_BYTES = 3;

export function openTextBytes(): TextBytes {
  let room = Buffer.allocUnsafeSlow(2 ** 16);
  let length = 0;
  return {
    add(text) {
      const needed = length + text.length * MOST_BYTES;
      if (needed > room.length) {
        const larger = Buffer.allocUnsafeSlow(2 * needed);
        larger.set(room.subarray(0, length));
        room = larger;
      }
      length += room.write(text, length);
    },
    take() {
      if (length === 0) return undefined;
      const taken = new Uint8Array(length);
      taken.set(room.subarray(0, length));
      length = 0;
      return taken;
    },
  };
}
