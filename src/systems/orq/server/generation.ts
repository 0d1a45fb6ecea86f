import type { JsonObject } from '../../../core/json.ts';
import type { Shelved } from '../../../serve/shelf.ts';
import { present41, present42, retrieve42 } from './present.ts';
import { type Bodies, bodies41, bodies42, knownMembers } from './requests.ts';
import { entityOf } from './wire.ts';

/** In what the API of one generation differs from that of another. */
export interface Generation {
  /** Where the list is: the other form of the path, with or without its last slash, leads there. */
  readonly listPath: '/v2/conversations' | '/v2/conversations/';
  readonly bodies: Bodies;
  /** What of a valid create body is kept: the API ignores members that it does not know. */
  readonly request: (body: JsonObject) => JsonObject;
  /** A conversation without what the generation requires is not there. */
  readonly visible: (record: JsonObject) => boolean;
  /** Whether the list has it, given the query's `entityId`. */
  readonly listed: (record: JsonObject, entityId: string | undefined) => boolean;
  readonly present: (shelved: Shelved) => JsonObject;
  readonly retrieve: (shelved: Shelved) => JsonObject;
}

export const generation42: Generation = {
  listPath: '/v2/conversations/',
  bodies: bodies42,
  request: (body) =>
    knownMembers(body, ['displayName', 'projectId'], ['generatingTitle', 'entityId', 'model']),
  visible: () => true,
  listed: (record, entityId) => entityOf(record) === entityId,
  present: present42,
  retrieve: retrieve42,
};

export const generation41: Generation = {
  listPath: '/v2/conversations',
  bodies: bodies41,
  request: (body) => knownMembers(body, ['displayName'], ['generatingTitle', 'entityId']),
  visible: (record) => entityOf(record) !== undefined,
  listed: () => true,
  present: present41,
  retrieve: present41,
};
