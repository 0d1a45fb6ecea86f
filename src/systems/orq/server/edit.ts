import { isObject, type JsonObject, type JsonValue, member, setMember } from '../../../core/json.ts';
import { namesOf, spellingOf } from '../spelling.ts';
import { LONGEST_NAME } from './present.ts';
import { toWire } from './wire.ts';

/** A record with the members of an update body laid over it, in the record's own spelling. */
export function withUpdate(record: JsonObject, body: JsonObject): JsonObject {
  const names = namesOf(spellingOf(record));
  const metadata = member(body, 'metadata');
  const given = isObject(metadata) ? metadata : {};
  const name = member(body, 'displayName');
  const title = member(given, 'generatingTitle');
  const entity = member(given, 'entityId');
  const named = name === undefined ? record : { ...record, [names.displayName]: name };
  const titled = title === undefined ? named : withMetadata(named, names.generatingTitle, title);
  return entity === undefined ? titled : withEntity(titled, entity);
}

/** The record with a name made up for it, which is no longer being made up. */
export function withName(record: JsonObject, name: string): JsonObject {
  return withUpdate(record, { displayName: name, metadata: { generatingTitle: false } });
}

function withMetadata(record: JsonObject, name: string, value: JsonValue): JsonObject {
  const metadata = member(record, 'metadata');
  const next = isObject(metadata) ? { ...metadata } : {};
  setMember(next, name, value);
  return { ...record, metadata: next };
}

/**
 * Up to 4.1 a conversation without an entity cannot be said: one that was kept in the documented spelling of that
 * time, and loses its entity, is kept in that of the wire.
 */
function withEntity(record: JsonObject, entity: JsonValue): JsonObject {
  const spelling = spellingOf(record);
  const { entityId } = namesOf(spelling);
  const next = withMetadata(record, entityId, entity);
  if (entity !== null) return spelling === '4.2' ? next : { ...next, [entityId]: entity };
  const { [entityId]: _entity, ...alone } = next;
  return spelling === 'documented' && !Object.hasOwn(record, 'project_id') ? toWire(alone) : alone;
}

/** The first words of a context, as many as a display name holds; undefined if it has none. */
export function nameFrom(context: string): string | undefined {
  const text = context.trim().replaceAll(/\s+/gu, ' ');
  const characters = Array.from(text);
  if (characters.length <= LONGEST_NAME) return text === '' ? undefined : text;
  const start = characters.slice(0, LONGEST_NAME).join('');
  if (characters[LONGEST_NAME] === ' ') return start;
  const end = start.lastIndexOf(' ');
  return end > 0 ? start.slice(0, end) : start;
}
