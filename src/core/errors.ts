/** Every way a run can end other than well, with the status the program exits with. Scripts rely on these numbers. */
export const exitCodes = {
  internal: 1,
  usage: 2,
  unreadable: 2,
  invalid: 3,
  lossy: 3,
  not_found: 4,
  not_authenticated: 5,
  not_allowed: 5,
  unsupported: 6,
  conflict: 7,
  unavailable: 8,
  partial: 9,
  outcome_unknown: 10,
  interrupted: 130,
  terminated: 143,
} as const;

export type FailureCode = keyof typeof exitCodes;

/** One thing wrong with a document: where (a JSON pointer) and what. */
export interface Issue {
  readonly path: string;
  readonly message: string;
}

export interface FailureDetails {
  /** The next step, in the imperative. */
  readonly hint?: string;
  /** HTTP status of the system's answer. */
  readonly status?: number;
  readonly requestId?: string;
  /** The conversation that exists all the same. */
  readonly id?: string;
  readonly issues?: readonly Issue[];
  /** The command that goes on where the run stopped. */
  readonly resume?: string;
  /** Somebody else is at it at this moment. */
  readonly busy?: true;
  /** The exit code says it all: nothing is printed. */
  readonly silent?: true;
  readonly cause?: unknown;
}

/**
 * A failure the user can understand: one sentence that names the thing, lower case, no full stop.
 * Anything else that reaches the edge is a bug.
 */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: FailureCode;
  readonly details: FailureDetails;

  constructor(code: FailureCode, message: string, details: FailureDetails = {}) {
    super(message, { cause: details.cause });
    this.code = code;
    this.details = details;
  }

  get exitCode(): number {
    return exitCodes[this.code];
  }

  /** Nothing was changed and the same command may work later. */
  get retryable(): boolean {
    return this.code === 'unavailable';
  }
}
