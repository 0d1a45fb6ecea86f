import { isObject, type JsonObject, type JsonValue, member, setMember } from '../../../core/json.ts';
import { type Names, namesOf, spellingOf } from '../spelling.ts';

type Name = keyof Names;

const documented = namesOf('documented');
const wire = namesOf('4.2');

const ofConversation: readonly Name[] = [
  'id',
  'entityId',
  'displayName',
  'createdAt',
  'updatedAt',
  'createdById',
  'updatedById',
];
const ofMetadata: readonly Name[] = ['generatingTitle', 'entityId'];
const ofMessage: readonly Name[] = ['id', 'conversationId', 'createdAt', 'createdById'];
const ofFile: readonly Name[] = ['mimeType'];

/** A record of any spelling with the names of the wire, and nothing else changed. */
export function toWire(record: JsonObject): JsonObject {
  if (spellingOf(record) !== 'documented') return record;
  const native = renamed(record, ofConversation);
  const { metadata, messages } = native;
  if (isObject(metadata)) native['metadata'] = renamed(metadata, ofMetadata);
  if (Array.isArray(messages)) native['messages'] = messages.map(messageToWire);
  return native;
}

function messageToWire(message: JsonValue): JsonValue {
  if (!isObject(message)) return message;
  const native = renamed(message, ofMessage);
  const { parts } = native;
  if (Array.isArray(parts)) native['parts'] = parts.map(partToWire);
  return native;
}

function partToWire(part: JsonValue): JsonValue {
  const file = isObject(part) ? member(part, 'file') : undefined;
  if (!isObject(part) || part['kind'] !== 'file' || !isObject(file)) return part;
  return { ...part, file: renamed(file, ofFile) };
}

/** A member that is there under its name of the wire too stays under both. */
function renamed(source: JsonObject, names: readonly Name[]): JsonObject {
  const target: JsonObject = {};
  for (const [key, value] of Object.entries(source)) {
    const name = names.find((each) => documented[each] === key);
    const taken = name !== undefined && Object.hasOwn(source, wire[name]);
    setMember(target, name === undefined || taken ? key : wire[name], value);
  }
  return target;
}

/** The entity that a record belongs to, where its spelling has it; undefined if the conversation stands alone. */
export function entityOf(record: JsonObject): string | undefined {
  const { entityId } = namesOf(spellingOf(record));
  const metadata = member(record, 'metadata');
  const inMetadata = isObject(metadata) ? member(metadata, entityId) : undefined;
  const places = [member(record, entityId), inMetadata];
  return places.find((value) => typeof value === 'string');
}
