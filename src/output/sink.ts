/** Where output goes. `write` resolves once the text is out of this program's hands; await it before the next. */
export interface Sink {
  /** Bytes are text in UTF-8. */
  write(text: string | Uint8Array): Promise<void>;
}

/** A file on its way. */
export interface NewFile extends Sink {
  /** Puts the file in its place, once all is written. */
  finish(): Promise<void>;
  /** Leaves everything as it was. Does no harm after {@link NewFile.finish}. */
  abandon(): Promise<void>;
}
