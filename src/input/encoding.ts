export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** Bytes that are no text. */
export interface Bad {
  /** Of the first of them, from the start of what was looked at. */
  readonly byteOffset: number;
  readonly message: string;
  readonly hint: string;
}

/** The longest byte order mark has so many bytes, and no more are needed to tell an encoding. */
export const LONGEST_MARK = 3;

/** How the text in `bytes` is encoded, told by its first bytes, and how many of them are a byte order mark. */
export function detect(bytes: Uint8Array): { encoding: Encoding; mark: number } {
  const [first = 0, second = 0, third = 0] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return { encoding: 'utf-8', mark: 3 };
  if (first === 0xff && second === 0xfe) return { encoding: 'utf-16le', mark: 2 };
  if (first === 0xfe && second === 0xff) return { encoding: 'utf-16be', mark: 2 };
  if (bytes.length < 2) return { encoding: 'utf-8', mark: 0 };
  if (isAscii(first) && second === 0) return { encoding: 'utf-16le', mark: 0 };
  if (first === 0 && isAscii(second)) return { encoding: 'utf-16be', mark: 0 };
  return { encoding: 'utf-8', mark: 0 };
}

function isAscii(byte: number): boolean {
  return byte > 0 && byte < 0x80;
}

/** The first bytes that are no text, or `undefined` if all is well. */
export function findBad(bytes: Uint8Array, encoding: Encoding): Bad | undefined {
  const at = encoding === 'utf-8' ? findBadUtf8(bytes) : findBadUtf16(bytes, encoding === 'utf-16le');
  if (at === undefined) return undefined;
  const name = encoding === 'utf-8' ? 'UTF-8' : 'UTF-16';
  return {
    byteOffset: at,
    message: `this is not ${name}: ${wordsFor(bytes, at, encoding)}`,
    hint: encoding === 'utf-8' ? 'save the file as UTF-8' : 'save the file as UTF-8, or write it anew',
  };
}

function wordsFor(bytes: Uint8Array, bad: number, encoding: Encoding): string {
  if (encoding !== 'utf-8') {
    return bad === bytes.length - 1 ? 'the last character is cut off' : 'there is half of a surrogate pair';
  }
  const byte = (bytes[bad] ?? 0).toString(16).toUpperCase().padStart(2, '0');
  return `the byte 0x${byte} does not begin a character, or its character is cut off`;
}

/** The offset of the first byte that begins no complete UTF-8 character, or `undefined` if all is well. */
function findBadUtf8(bytes: Uint8Array): number | undefined {
  for (let at = 0; at < bytes.length; ) {
    const length = lengthOfUtf8(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return undefined;
}

/** How many bytes the character at `at` takes; 0 if it is none. Ranges: https://www.unicode.org/versions/latest/core-spec/chapter-3/#G27506 */
function lengthOfUtf8(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  const length = lengthAfter(first);
  if (length < 2) return length;
  const second = bytes[at + 1] ?? 0;
  if (second < lowestSecond(first) || second > highestSecond(first)) return 0;
  for (let index = 2; index < length; index++) {
    if (!isContinuation(bytes[at + index] ?? 0)) return 0;
  }
  return length;
}

/** How many bytes a character has that begins with this one; 0 if none does. */
function lengthAfter(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}

function lowestSecond(first: number): number {
  if (first === 0xe0) return 0xa0;
  return first === 0xf0 ? 0x90 : 0x80;
}

function highestSecond(first: number): number {
  if (first === 0xed) return 0x9f;
  return first === 0xf4 ? 0x8f : 0xbf;
}

/** Whether a byte of UTF-8 goes on with a character. */
export function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

/** The offset of the first lone surrogate, or of the single byte at the end; `undefined` if all is well. */
function findBadUtf16(bytes: Uint8Array, littleEndian: boolean): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  for (; at + 1 < bytes.length; at += 2) {
    const unit = view.getUint16(at, littleEndian);
    if (unit < 0xd800 || unit > 0xdfff) continue;
    const next = at + 3 < bytes.length ? view.getUint16(at + 2, littleEndian) : 0;
    if (unit > 0xdbff || next < 0xdc00 || next > 0xdfff) return at;
    at += 2;
  }
  return at < bytes.length ? at : undefined;
}

/** How many bytes at the end may be the beginning of a character that goes on in the next ones. */
export function cutOff(bytes: Uint8Array, encoding: Encoding): number {
  return encoding === 'utf-8' ? cutOffUtf8(bytes) : cutOffUtf16(bytes, encoding === 'utf-16le');
}

function cutOffUtf8(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (!isContinuation(byte)) return lengthAfter(byte) > back ? back : 0;
  }
  return 0;
}

function cutOffUtf16(bytes: Uint8Array, littleEndian: boolean): number {
  const odd = bytes.length % 2;
  const high = bytes[bytes.length - odd - (littleEndian ? 1 : 2)] ?? 0;
  return high >= 0xd8 && high <= 0xdb ? odd + 2 : odd;
}
