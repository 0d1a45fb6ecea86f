import type { JsonObject } from '../core/json.ts';

/** An answer other than the one asked for, in the words of the system that is being served. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  /** HTTP status, 400 or above. */
  readonly status: number;
  readonly body: JsonObject;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: JsonObject, headers: Readonly<Record<string, string>> = {}) {
    super(`refused with ${status}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}
