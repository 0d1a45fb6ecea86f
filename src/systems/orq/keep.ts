import type { Keeping, World } from '../../core/format.ts';
import { isObject, type JsonObject, member, valueAt } from '../../core/json.ts';
import { namesOf, spellingOf } from './spelling.ts';

/** Orq.ai keeps a new conversation under the documented names; its entity moves from the metadata to the top. */
function create(request: JsonObject, world: World): JsonObject {
  const { displayName, projectId, metadata: given, ...others } = request;
  const metadata = isObject(given) ? given : {};
  const { entityId, generatingTitle, ...otherMetadata } = metadata;
  const now = world.now();
  const kept: JsonObject = {
    ...(generatingTitle !== undefined && { generating_title: generatingTitle }),
    ...(entityId !== undefined && { entity_id: entityId }),
    ...otherMetadata,
  };
  return {
    id: `conv_${world.ulid()}`,
    ...(typeof entityId === 'string' && { entity_id: entityId }),
    kind: 'conversation',
    display_name: displayName ?? 'Untitled',
    created_at: now,
    updated_at: now,
    ...(projectId !== undefined && { project_id: projectId }),
    ...(given !== undefined && { metadata: kept }),
    ...others,
  };
}

function touch(record: JsonObject, world: World): JsonObject {
  const { updatedAt } = namesOf(spellingOf(record));
  return { ...record, [updatedAt]: Math.max(world.now(), Number(member(record, updatedAt) ?? 0)) };
}

export const keeping: Keeping = {
  create,
  update: {
    changeable: (record) => {
      const names = namesOf(spellingOf(record));
      return [
        names.displayName,
        names.entityId,
        `metadata/${names.generatingTitle}`,
        `metadata/${names.entityId}`,
      ].map((name) => `/${name}`);
    },
    sent: (record) => {
      const names = namesOf(spellingOf(record));
      return {
        displayName: member(record, names.displayName) ?? '',
        projectId: '',
        metadata: { entityId: valueAt(record, ['metadata', names.entityId]) ?? null },
      };
    },
    touch,
  },
  cannot: { append: 'Orq.ai writes messages only by running an agent' },
};
