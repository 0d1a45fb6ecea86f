import type { Origin, SourceText } from './entry.ts';

/** The bytes of a section, which are UTF-8, and their text for who asks for it. */
export class SectionText {
  readonly bytes: Buffer;
  readonly #name: string;
  readonly #origin: Origin;
  #source: SourceText | undefined;
  /** A place in bytes and in UTF-16 code units: who asks for one after another has each counted from the last. */
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
