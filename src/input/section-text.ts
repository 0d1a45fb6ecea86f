import type { Origin, SourceText } from './entry.ts';
import type { Reading } from './reading.ts';

/** Where to read in a section. Offsets count from the first of its bytes. */
export interface SectionSpan {
  readonly start: number;
  readonly stop: number;
  /** Nothing follows the bytes of the section. */
  readonly isComplete: boolean;
  /** No value stands before the span. */
  readonly isFirst: boolean;
  readonly reading: Reading;
}

/** The bytes of a section, which are UTF-8, and their text for who asks for it. */
export class SectionText {
  readonly bytes: Buffer;
  readonly #name: string;
  readonly #origin: Origin;
  #source: SourceText | undefined;
  /** A place in bytes and in UTF-16 code units, from where one behind it is counted; one before it, from the start. */
  #known = { byte: 0, unit: 0 };

  constructor({ name, bytes, origin }: { name: string; bytes: Uint8Array; origin: Origin }) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#name = name;
    this.#origin = origin;
  }

  get source(): SourceText {
    this.#source ??= { name: this.#name, text: this.bytes.toString(), origin: this.#origin };
    return this.#source;
  }

  /** Where a byte that begins a character is in the text of the source. */
  unitAt(byte: number): number {
    const known = byte < this.#known.byte ? { byte: 0, unit: 0 } : this.#known;
    const unit = known.unit + this.bytes.toString('utf8', known.byte, byte).length;
    this.#known = { byte, unit };
    return unit;
  }
}
