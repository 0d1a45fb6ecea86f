import { changedPaths } from '../../../core/changes.ts';
import { Failure } from '../../../core/errors.ts';
import { refuseInexact } from '../../../core/json/inexact.ts';
import { equal, isObject, type JsonObject, type JsonValue, toPointer, valueAt } from '../../../core/json.ts';
import { checkChanges, checkSent } from '../../../providers/checks.ts';
import { orqFormat } from '../format.ts';
import { request } from '../schema.ts';
import { namesOf, spellingOf } from '../spelling.ts';

/**
 * What Orq.ai is sent to make one record into the other: the members that differ, and no others. Undefined if none do.
 * @throws Failure `unsupported` for what it cannot change, `invalid` for what it would not take.
 */
export function changeBetween(before: JsonObject, after: JsonObject): JsonObject | undefined {
  const present = withMetadata(before, after);
  const changes = changedPaths(present, after);
  if (changes.length === 0) return undefined;
  checkChanges(orqFormat, changes, orqFormat.keeping.update?.changeable(before) ?? []);
  const names = namesOf(spellingOf(before));
  const changed = (...path: string[]): JsonValue | undefined =>
    equal(valueAt(present, path), valueAt(after, path)) ? undefined : (valueAt(after, path) ?? null);
  const displayName = stays(changed(names.displayName), [names.displayName]);
  const generatingTitle = stays(changed('metadata', names.generatingTitle), [
    'metadata',
    names.generatingTitle,
  ]);
  const entityId = sole(changed(names.entityId), changed('metadata', names.entityId));
  const metadata = {
    ...(generatingTitle !== undefined && { generatingTitle }),
    ...(entityId !== undefined && { entityId }),
  };
  const body: JsonObject = {
    ...(displayName !== undefined && { displayName }),
    ...(Object.keys(metadata).length > 0 && { metadata }),
  };
  refuseInexact(body, 'sent');
  checkSent(orqFormat, { projectId: '', ...body }, request());
  return body;
}

/** A conversation without metadata is given some as one whose metadata is empty. */
function withMetadata(before: JsonObject, after: JsonObject): JsonObject {
  return before['metadata'] === undefined && isObject(after['metadata'])
    ? { ...before, metadata: {} }
    : before;
}

/** Nothing but an entity can be taken away. */
function stays(value: JsonValue | undefined, path: readonly string[]): JsonValue | undefined {
  if (value !== null) return value;
  const pointer = toPointer(path);
  throw new Failure('unsupported', `${orqFormat.title} cannot remove ${pointer}`, {
    hint: 'give it another value',
    issues: [{ path: pointer, message: 'cannot be removed' }],
  });
}

/** Up to 4.1 the entity is there twice. */
function sole(atTop: JsonValue | undefined, inMetadata: JsonValue | undefined): JsonValue | undefined {
  if (atTop === undefined || inMetadata === undefined || equal(atTop, inMetadata)) return atTop ?? inMetadata;
  throw new Failure('invalid', 'the entity at the top and that in the metadata are different ones', {
    hint: 'name it once, with --entity <id>',
  });
}
