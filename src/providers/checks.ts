import { Failure } from '../core/errors.ts';
import type { Format } from '../core/format.ts';
import { type JsonObject, toPointer } from '../core/json.ts';
import type { Schema } from '../core/schema/build.ts';
import { problemsOf } from '../core/schema/problems.ts';

/** @throws Failure `unsupported` that names every change (paths) outside of what may change (JSON pointers). */
export function checkChanges(
  format: Format,
  changes: readonly (readonly string[])[],
  changeable: readonly string[],
): void {
  const pointers = changes.map(toPointer);
  const refused = pointers.filter(
    (pointer) => !changeable.some((each) => pointer === each || pointer.startsWith(`${each}/`)),
  );
  if (refused.length === 0) return;
  throw new Failure('unsupported', `${format.title} cannot change ${refused.join(', ')}`, {
    hint: `what it can change: ${changeable.join(', ')}`,
    issues: refused.map((path) => ({ path, message: 'cannot be changed' })),
  });
}

/**
 * Members that a change does not send may be missing; those it sends are held to what a request may have.
 * @throws Failure `invalid` with an issue for each problem.
 */
export function checkSent(format: Format, sent: JsonObject, request: Schema): void {
  const problems = problemsOf(request, sent, { warnings: false }).filter(
    (problem) => problem.missing !== true,
  );
  if (problems.length === 0) return;
  throw new Failure('invalid', `${format.title} would not take this change`, {
    issues: problems.map(({ path, message }) => ({ path: toPointer(path), message })),
  });
}
