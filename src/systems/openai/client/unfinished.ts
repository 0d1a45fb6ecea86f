import { Failure } from '../../../core/errors.ts';
import { fromPointer, toPointer } from '../../../core/json.ts';
import { isStop } from '../../../http/stop.ts';
import type { Account } from '../../../providers/account.ts';
import type { Batch } from './document.ts';

/** How far a write of several calls got. */
export interface Progress {
  readonly id: string;
  readonly account: Account;
  /** Whether the conversation itself was made by it. */
  readonly made: boolean;
  /** Items that are surely there. */
  readonly done: number;
  readonly total: number;
}

/** The failure with its issues placed in what was given, where they were placed in what was sent. */
export function placedIn(error: unknown, batch: Batch): unknown {
  if (!(error instanceof Failure) || !error.details.issues) return error;
  const issues = error.details.issues.map(({ path, message }) => {
    const [first, index, ...others] = fromPointer(path);
    const source = first === 'items' && index !== undefined ? batch[Number(index)]?.source : undefined;
    return { path: source === undefined ? path : toPointer(['items', source, ...others]), message };
  });
  return new Failure(error.code, error.message, { ...error.details, issues });
}

/** The failure of a step that others went before: it says what is there, and how to go on. */
export function unfinished(error: unknown, progress: Progress): unknown {
  const { id, made, done } = progress;
  if (!(error instanceof Failure) || (!made && done === 0)) return error;
  const code = error.code === 'unavailable' ? 'outcome_unknown' : error.code;
  return new Failure(code, error.message, { ...error.details, id, hint: hintFor(error, progress) });
}

function hintFor(error: Failure, { id, account, made, done, total }: Progress): string {
  const place = `${id} -p ${account.name}`;
  const isUnsure = error.code === 'outcome_unknown' || isStop(error);
  const there = `${id} has the first ${done} of ${total} items${isUnsure ? ', or more' : ''}`;
  const look = isUnsure ? `look with \`convo show ${place}\`, then ` : '';
  const undo = made ? `, or delete it with \`convo delete ${place} --items\`` : '';
  return `${there}: ${look}add the others with \`convo append ${place} …\`${undo}`;
}
