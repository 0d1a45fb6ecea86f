/**
 * Memory for copies that are soon given back, so that the system is not asked for more of it, page by page, each time.
 * A copy that is posted to a thread takes its whole room along.
 */
export interface Rooms {
  readonly copy: (bytes: Uint8Array) => Uint8Array;
  /** Nothing may read a copy, or what is a view of it, once it is given back: another may stand in its place. */
  readonly giveBack: (copy: Uint8Array) => void;
}

/** Rooms of one size in bytes; what is longer has one of its own. */
export function openRooms(size: number): Rooms {
  const free: ArrayBufferLike[] = [];
  return {
    copy(bytes) {
      const room =
        bytes.length > size ? new ArrayBuffer(bytes.length) : (free.pop() ?? new ArrayBuffer(size));
      const copy = new Uint8Array(room, 0, bytes.length);
      copy.set(bytes);
      return copy;
    },
    giveBack({ buffer }) {
      if (buffer.byteLength === size) free.push(buffer);
    },
  };
}
