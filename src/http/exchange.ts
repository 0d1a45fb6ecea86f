import type { JsonValue } from '../core/json.ts';

/** What is asked of a system. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the system's address, each step encoded already: `/conversations/conv_1`. */
  readonly path: string;
  /** In this order; a name may come more than once. */
  readonly query?: readonly (readonly [name: string, value: string])[];
  /** Sent as JSON. */
  readonly body?: JsonValue;
  /** Sent as a form, in place of a body. */
  readonly form?: Readonly<Record<string, string>>;
  /** True for what changes something, or may: it is never sent again once it may have been acted on. */
  readonly writes: boolean;
}

/** What a system answered. */
export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Undefined if the body is empty or is no JSON. */
  readonly body: JsonValue | undefined;
  /** The body as it came. */
  readonly text: string;
  /** What the system calls this exchange, if it says so. */
  readonly requestId: string | undefined;
}

/** What is told of an exchange to who wants to see each of them. Nothing in it is secret. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  /** Absent if nothing came back. */
  readonly status?: number;
  readonly requestId?: string | undefined;
  readonly milliseconds: number;
  /** What went wrong when nothing came back. */
  readonly error?: string;
}
