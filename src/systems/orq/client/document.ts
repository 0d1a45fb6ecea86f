import { convert } from '../../../core/convert.ts';
import type { Document } from '../../../core/document.ts';
import { Failure } from '../../../core/errors.ts';
import { refuseInexact } from '../../../core/json/inexact.ts';
import { type JsonObject, toPointer, valueAt } from '../../../core/json.ts';
import { problemsOf } from '../../../core/schema/problems.ts';
import type { Seat } from '../../../providers/remote.ts';
import { orqFormat } from '../format.ts';
import { request as requestSchema } from '../schema.ts';
import { withDefaults } from './defaults.ts';

/**
 * The body that makes a conversation of a document. A record is made anew from what a request can say of it; what is
 * not sent is told, a line for each pattern. @throws Failure `invalid` if Orq.ai needs more than the document has.
 */
export function bodyOf(document: Document, { account, lost }: Pick<Seat, 'account' | 'lost'>): JsonObject {
  const { output, losses } = convert(document, orqFormat, 'request');
  lost(losses);
  const { value } = withDefaults({ format: orqFormat, kind: 'request', value: output }, account);
  refuseInexact(value, 'sent');
  checkRequest(value, account.title);
  checkGeneration(value, account.setting('generation'), account.title);
  return value;
}

function checkRequest(value: JsonObject, title: string): void {
  const problems = problemsOf(requestSchema(), value, { warnings: false });
  if (problems.length === 0) return;
  const lacks = problems.every((problem) => problem.missing === true);
  throw new Failure('invalid', `${title} would not take this conversation`, {
    issues: problems.map(({ path, message }) => ({ path: toPointer(path), message })),
    ...(lacks && { hint: 'add --entity <id> or --project <id>' }),
  });
}

/** What each version cannot do without. */
const required = {
  '4.1': { path: ['metadata', 'entityId'], flag: '--entity <id>' },
  '4.2': { path: ['projectId'], flag: '--project <id>' },
} as const;

function checkGeneration(value: JsonObject, generation: string | undefined, title: string): void {
  if (generation !== '4.1' && generation !== '4.2') return;
  const { path, flag } = required[generation];
  if (typeof valueAt(value, path) === 'string') return;
  const name = path.join('.');
  throw new Failure('invalid', `${title} ${generation} needs ${name}, which nothing gives`, {
    hint: `add ${flag}`,
    issues: [{ path: toPointer(path), message: 'is required' }],
  });
}
