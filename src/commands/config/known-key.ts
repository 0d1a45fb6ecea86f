import { Failure } from '../../core/errors.ts';
import { nearest } from '../../core/nearest.ts';
import { showPath } from '../../core/path.ts';
import type { Schema } from '../../core/schema/build.ts';
import { describe } from '../../core/schema/shape.ts';

/** @throws Failure `usage`, with the nearest key, for a key that no setting has. */
export function refuseUnknownKey(schema: Schema, path: readonly string[]): void {
  let here: Schema = schema;
  for (const [index, step] of path.entries()) {
    const { shape } = describe(here);
    // The schema library does not check a key of this name.
    if (step === '__proto__') throw unknownKey(path, index, []);
    if (shape.kind === 'map') here = shape.value;
    else {
      const fields = shape.kind === 'object' ? shape.fields : {};
      const next = Object.hasOwn(fields, step) ? fields[step] : undefined;
      if (!next) throw unknownKey(path, index, Object.keys(fields));
      here = next;
    }
  }
}

function unknownKey(path: readonly string[], index: number, known: readonly string[]): Failure {
  const owner = path.slice(0, index);
  const meant = nearest(path[index] ?? '', known);
  const hint =
    meant === undefined
      ? 'see `convo config set --help` for the keys there are'
      : `did you mean ${showPath([...owner, meant, ...path.slice(index + 1)])}?`;
  return new Failure('usage', `there is no setting ${JSON.stringify(showPath(path))}`, { hint });
}
