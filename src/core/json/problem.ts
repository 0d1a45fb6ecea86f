/**
 * `number`: it cannot be kept exactly; `truncated`: the text ends too early (an empty text too);
 * `duplicate`: a key that its object already has; `depth`: nested too deep; `syntax`: everything else.
 */
export type JsonProblemKind = 'syntax' | 'truncated' | 'number' | 'duplicate' | 'depth';

/** A second place that a message names, and the message with other words for it: `line 2, column 3`. */
export interface Reference {
  readonly offset: number;
  readonly message: (place: string) => string;
}

/** Why a text is not JSON that can be kept exactly. `offset` is in UTF-16 code units from the start of the whole text. */
export class JsonSyntaxProblem extends Error {
  override readonly name = 'JsonSyntaxProblem';
  readonly kind: JsonProblemKind;
  readonly offset: number;
  /** What would help, when something obviously would. */
  readonly hint: string | undefined;
  /** Present when the message says where something else in the text is. */
  readonly reference: Reference | undefined;

  constructor(kind: JsonProblemKind, offset: number, message: string, hint?: string, reference?: Reference) {
    super(message);
    this.kind = kind;
    this.offset = offset;
    this.hint = hint;
    this.reference = reference;
  }
}
