/** Where output goes. `write` resolves once the text is out of this program's hands; await it before the next. */
export interface Sink {
  write(text: string): Promise<void>;
}
