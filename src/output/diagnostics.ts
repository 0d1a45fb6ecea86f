import { Failure, type Issue } from '../core/errors.ts';
import { type JsonObject, type JsonValue, setMember } from '../core/json.ts';
import { plain, type Style } from './style.ts';
import { neutralise } from './terminal-text.ts';

export interface DiagnosticOptions {
  /** Each line is one JSON object, for programs; else a sentence, for people. */
  readonly json: boolean;
  /** Absent: plain. */
  readonly style?: Style | undefined;
}

export interface FailureOptions extends DiagnosticOptions {
  /** Adds the stack trace. */
  readonly verbose: boolean;
}

const MOST_ISSUES = 20;

/** What stderr says last when a run fails, for a `Failure` or for anything else thrown; '' for a silent one. Ends in a newline. */
export function renderFailure(error: unknown, options: FailureOptions): string {
  const failure = error instanceof Failure ? error : unexpected(error, options.verbose);
  if (failure.details.silent === true) return '';
  const stack = options.verbose ? stackOf(error) : '';
  return options.json ? failureJson(failure, stack) : failureText(failure, stack, options.style ?? plain);
}

/** A line about something odd that stops nothing. Ends in a newline. */
export function renderWarning(message: string, { json, style = plain }: DiagnosticOptions): string {
  if (json) return `${JSON.stringify({ warning: { message } })}\n`;
  return `${style.yellow('convo: warning:')} ${neutralise(message)}\n`;
}

/** Something that happened, told to who wants to hear more. `fields` say the same to a program. */
export interface Note {
  /** The key of the line for programs: `request`. */
  readonly name: string;
  readonly text: string;
  readonly fields: JsonObject;
}

/** A line about something that went as it should. Ends in a newline. */
export function renderNote({ name, text, fields }: Note, { json, style = plain }: DiagnosticOptions): string {
  if (json) return `${JSON.stringify({ [name]: fields })}\n`;
  return `${style.dim(neutralise(text))}\n`;
}

function unexpected(error: unknown, verbose: boolean): Failure {
  const message = error instanceof Error ? error.message || error.name : String(error);
  const hint = 'this is a bug in convo; run the command again with --verbose to see where it happened';
  return new Failure('internal', `unexpected failure: ${message}`, verbose ? {} : { hint });
}

/** Stack traces of the error and of what caused it; never their other members, which may hold secrets. */
function stackOf(error: unknown): string {
  const stacks: string[] = [];
  for (let cause = error; cause instanceof Error && stacks.length < 10; cause = cause.cause) {
    stacks.push(cause.stack ?? `${cause.name}: ${cause.message}`);
  }
  return stacks.join('\ncaused by: ');
}

function failureText({ message, details }: Failure, stack: string, style: Style): string {
  const lines = [`${style.red('convo:')} ${neutralise(message)}`, ...issueLines(details.issues ?? [])];
  if (details.hint !== undefined) lines.push(`${style.cyan('hint:')} ${neutralise(details.hint)}`);
  if (stack !== '') lines.push(style.dim(neutralise(stack, { keepNewlines: true })));
  // By itself and last, so that it can be taken from there and run.
  if (details.resume !== undefined) lines.push(neutralise(details.resume));
  return `${lines.join('\n')}\n`;
}

function issueLines(issues: readonly Issue[]): string[] {
  const shown = issues
    .slice(0, MOST_ISSUES)
    .map(({ path, message }) => `  ${path === '' ? '' : `${neutralise(path)}: `}${neutralise(message)}`);
  const more = issues.length - shown.length;
  return more > 0 ? [...shown, `  … and ${more} more`] : shown;
}

function failureJson(failure: Failure, stack: string): string {
  const error = failureObject(failure);
  if (stack !== '') setMember(error, 'stack', stack);
  return `${JSON.stringify({ error })}\n`;
}

/** A failure as programs read it. */
export function failureObject({ code, message, retryable, details }: Failure): JsonObject {
  const error: JsonObject = { code, message };
  const add = (key: string, value: JsonValue | undefined): void => {
    if (value !== undefined) setMember(error, key, value);
  };
  add('hint', details.hint);
  add('status', details.status);
  add('request_id', details.requestId);
  add('retryable', retryable);
  add('id', details.id);
  add(
    'issues',
    details.issues?.map(({ path, message: problem }) => ({ path, message: problem })),
  );
  add('resume', details.resume);
  return error;
}
