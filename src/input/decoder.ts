import { type Bad, cutOff, detect, type Encoding, findBad, LONGEST_MARK } from './encoding.ts';

export interface Decoded {
  readonly text: string;
  /** What follows the text and is none; nothing can be decoded behind it. Its offset counts from the start of the input. */
  readonly bad?: Bad;
}

/** A place where a text has U+FFFD for bytes that are no characters. */
export interface Flaw extends Pick<Bad, 'message' | 'hint'> {
  /** In UTF-16 code units from the start of the whole text. */
  readonly offset: number;
}

/** Makes text of the bytes of an input. */
export interface Decoder {
  /**
   * Decodes the next bytes. A character that is cut off waits for the next call, unless this is the `last`.
   * The text has `before`, which was decoded earlier and is not cut inside a character, in front.
   */
  readonly decode: (bytes: Uint8Array, last: boolean, before?: string) => Decoded;
  /** `undefined` where the text written as UTF-8 is not what was decoded, and as long as nothing was. */
  readonly rest: () => UndecodedRest | undefined;
}

/** What was given to a decoder and waits for more. */
export interface UndecodedRest {
  readonly waiting: Uint8Array;
  /** Where it is in the input. */
  readonly byteOffset: number;
  /** A decoder for another place of the same input. */
  readonly decoderAt: (place: DecodedPlace) => Decoder;
}

/** A place of an input and of its text, in bytes and in UTF-16 code units. */
export interface DecodedPlace {
  readonly byteOffset: number;
  readonly offset: number;
}

/**
 * A decoder for an input in pieces, cut anywhere. A byte order mark is no part of the text. With `onFlaw`, bytes that
 * are no UTF-8 become U+FFFD, and `onFlaw` is told of the first on each line; UTF-16 cannot be mended so.
 */
export function createDecoder(onFlaw?: (flaw: Flaw) => void): Decoder {
  let body: Decoder | undefined;
  let first: Uint8Array = new Uint8Array();
  return {
    decode(bytes, last, before = '') {
      if (body) return body.decode(bytes, last, before);
      first = joined(first, bytes);
      if (first.length < LONGEST_MARK && !last) return { text: before };
      const { encoding, mark } = detect(first);
      const isMended = encoding === 'utf-8' && !looksLikeUtf16(first);
      body = createBodyDecoder(encoding, { byteOffset: mark, offset: 0 }, isMended ? onFlaw : undefined);
      return body.decode(first.subarray(mark), last, before);
    },
    rest: () => body?.rest(),
  };
}

/** What begins with a byte that no UTF-8 has, or with a zero, was hardly meant to be UTF-8. */
function looksLikeUtf16([first, second]: Uint8Array): boolean {
  return first === 0xff || first === 0xfe || first === 0 || second === 0;
}

function createBodyDecoder(
  encoding: Encoding,
  place: DecodedPlace,
  onFlaw: ((flaw: Flaw) => void) | undefined,
): Decoder {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  let waiting: Uint8Array = new Uint8Array();
  let { byteOffset } = place;
  let isSame = encoding === 'utf-8';
  const mend = onFlaw && createMender(onFlaw, place.offset);
  const decodeBehind = encoding === 'utf-8' ? createPrefixer(decoder) : undefined;
  return {
    decode(bytes, last, before = '') {
      const all = joined(waiting, bytes);
      const body = last ? all : all.subarray(0, all.length - cutOff(all, encoding));
      // A copy: the few bytes that wait must not keep all the others.
      waiting = new Uint8Array(all.subarray(body.length));
      const from = byteOffset;
      byteOffset += body.length;
      const together = mend ? undefined : decodeBehind?.(body, before);
      if (together !== undefined) return { text: together };
      const { text, bad } = decodePiece(decoder, body, encoding);
      if (bad) isSame = false;
      if (mend) return { text: before + mend(body, { text, ...(bad && { bad }) }) };
      return { text: before + text, ...(bad && { bad: { ...bad, byteOffset: from + bad.byteOffset } }) };
    },
    rest() {
      if (!isSame) return undefined;
      return { waiting, byteOffset, decoderAt: (other) => createBodyDecoder(encoding, other, onFlaw) };
    },
  };
}

/**
 * Decodes bytes behind a text in one go: V8 takes longer to join two strings, as it does when they are looked at, than
 * to decode them as one. `undefined` if it is not worth it, or if the bytes are no text.
 */
function createPrefixer(
  decoder: InstanceType<typeof TextDecoder>,
): (bytes: Uint8Array, before: string) => string | undefined {
  let room = Buffer.alloc(0);
  return (bytes, before) => {
    if (before === '' || before.length > bytes.length) return undefined;
    const needed = 3 * before.length + bytes.length;
    if (room.length < needed) room = Buffer.allocUnsafe(needed);
    const length = room.write(before);
    room.set(bytes, length);
    try {
      return decoder.decode(room.subarray(0, length + bytes.length));
    } catch {
      return undefined;
    }
  };
}

/** The text up to what is none, whose offset counts from the start of `bytes`. */
function decodePiece(
  decoder: InstanceType<typeof TextDecoder>,
  bytes: Uint8Array,
  encoding: Encoding,
): Decoded {
  try {
    return { text: decoder.decode(bytes) };
  } catch (error) {
    const bad = findBad(bytes, encoding);
    if (bad === undefined) throw error;
    return { text: decoder.decode(bytes.subarray(0, bad.byteOffset)), bad };
  }
}

/** Makes a text of what was not decoded as a whole. */
type Mender = (bytes: Uint8Array, decoded: Decoded) => string;

function createMender(onFlaw: (flaw: Flaw) => void, from: number): Mender {
  const lenient = new TextDecoder('utf-8', { ignoreBOM: true });
  let offset = from;
  let isLineFlawed = false;
  return (bytes, { text, bad }) => {
    if (bad === undefined) {
      if (isLineFlawed) isLineFlawed = !bytes.includes(LINE_FEED);
      offset += text.length;
      return text;
    }
    // No character of UTF-8 has the byte of a line feed in it, so that each line can be decoded by itself.
    const parts: string[] = [];
    for (let start = 0; start < bytes.length; ) {
      const feed = bytes.indexOf(LINE_FEED, start);
      const line = bytes.subarray(start, feed === -1 ? bytes.length : feed + 1);
      const flaw = isLineFlawed ? undefined : findBad(line, 'utf-8');
      if (flaw) {
        const { message, hint } = flaw;
        onFlaw({ offset: offset + lenient.decode(line.subarray(0, flaw.byteOffset)).length, message, hint });
      }
      isLineFlawed = feed === -1 && (isLineFlawed || flaw !== undefined);
      const part = lenient.decode(line);
      parts.push(part);
      offset += part.length;
      start += line.length;
    }
    return parts.join('');
  };
}

const LINE_FEED = 0x0a;

function joined(left: Uint8Array, right: Uint8Array): Uint8Array {
  return left.length === 0 ? right : Buffer.concat([left, right]);
}
