import { type JsonObject, member } from '../../core/json.ts';

/** How the members of a document are named: as documented, or as the wire of a generation has them. */
export type Spelling = 'documented' | '4.1' | '4.2';

const wireNames = ['_id', 'entityId', 'displayName', 'createdAt', 'updatedAt', 'createdById', 'updatedById'];
const documentedNames = ['entity_id', 'display_name', 'created_at', 'updated_at'];

/** The spelling most of a document's members have; 4.1 and 4.2 differ in the entity at the top. */
export function spellingOf(document: JsonObject): Spelling {
  const count = (names: readonly string[]): number =>
    names.filter((name) => Object.hasOwn(document, name)).length;
  if (count(wireNames) <= count(documentedNames)) return 'documented';
  return member(document, 'entityId') === undefined ? '4.2' : '4.1';
}

/** The names of one spelling. */
export interface Names {
  readonly id: string;
  readonly entityId: string;
  readonly displayName: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly createdById: string;
  readonly updatedById: string;
  readonly generatingTitle: string;
  readonly conversationId: string;
  readonly mimeType: string;
}

const documented: Names = {
  id: 'id',
  entityId: 'entity_id',
  displayName: 'display_name',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
  createdById: 'created_by_id',
  updatedById: 'updated_by_id',
  generatingTitle: 'generating_title',
  conversationId: 'conversation_id',
  mimeType: 'mime_type',
};

const wire: Names = {
  id: '_id',
  entityId: 'entityId',
  displayName: 'displayName',
  createdAt: 'createdAt',
  updatedAt: 'updatedAt',
  createdById: 'createdById',
  updatedById: 'updatedById',
  generatingTitle: 'generatingTitle',
  conversationId: 'conversationId',
  mimeType: 'mimeType',
};

export function namesOf(spelling: Spelling): Names {
  return spelling === 'documented' ? documented : wire;
}
