import { isObject, type JsonObject, type JsonValue } from '../../../core/json.ts';
import type { Shelved } from '../../../serve/shelf.ts';
import { presentMessages } from './messages.ts';
import { entityOf, toWire } from './wire.ts';

/** How long a display name may be, in characters. */
export const LONGEST_NAME = 100;

/** A conversation as 4.2 and later return it from every operation but retrieve. */
export function present42({ id, record }: Shelved): JsonObject {
  const { metadata } = toWire(record);
  const entity = entityOf(record);
  const shown = { ...(isObject(metadata) && metadata), ...(entity !== undefined && { entityId: entity }) };
  return present(id, record, {
    ...((isObject(metadata) || entity !== undefined) && { metadata: shown }),
  });
}

/** The same with its messages, oldest first. */
export function retrieve42(shelved: Shelved): JsonObject {
  return { ...present42(shelved), messages: presentMessages(shelved.id, toWire(shelved.record)) };
}

/** A conversation as 4.1 returns it; it has to have an entity. There the metadata had no model, and no null. */
export function present41({ id, record }: Shelved): JsonObject {
  const { metadata } = toWire(record);
  const entity = entityOf(record);
  return present(id, record, {
    ...(entity !== undefined && { entityId: entity }),
    ...(isObject(metadata) && { metadata: metadata41(metadata) }),
  });
}

function metadata41({ model: _model, entityId, ...others }: JsonObject): JsonObject {
  return { ...others, ...(typeof entityId === 'string' && { entityId }) };
}

/** Members that nobody documents are returned as they are kept; the project is not among what is returned. */
function present(id: string, record: JsonObject, ofGeneration: JsonObject): JsonObject {
  const {
    _id,
    id: _otherId,
    entityId: _entityId,
    project_id: _projectId,
    metadata: _metadata,
    messages: _messages,
    kind,
    displayName,
    ...others
  } = toWire(record);
  return {
    _id: id,
    kind: kind ?? 'conversation',
    displayName: cut(displayName),
    ...others,
    ...ofGeneration,
  };
}

/** Names from other systems may be longer than any of Orq.ai's. */
function cut(name: JsonValue | undefined): string {
  const text = typeof name === 'string' ? name : '';
  return text.length <= LONGEST_NAME ? text : Array.from(text).slice(0, LONGEST_NAME).join('');
}
