import type { Document } from '../../../core/document.ts';
import { isObject, type JsonObject, member } from '../../../core/json.ts';
import type { Account } from '../../../providers/account.ts';

/**
 * A request with the project and the entity that the account is configured for, where it names none itself. What is
 * null was said. Up to 4.1 there are no projects.
 */
export function withDefaults(document: Document, account: Pick<Account, 'setting'>): Document {
  if (document.format.name !== 'orq' || document.kind !== 'request') return document;
  const project = account.setting('generation') === '4.1' ? undefined : account.setting('project');
  const entity = account.setting('entity');
  const inProject = withProject(document.value, project);
  return { ...document, value: withEntity(inProject, entity) };
}

function withProject(request: JsonObject, project: string | undefined): JsonObject {
  if (project === undefined || member(request, 'projectId') !== undefined) return request;
  return { ...request, projectId: project };
}

function withEntity(request: JsonObject, entity: string | undefined): JsonObject {
  const { metadata = {} } = request;
  if (entity === undefined || !isObject(metadata) || member(metadata, 'entityId') !== undefined)
    return request;
  return { ...request, metadata: { ...metadata, entityId: entity } };
}
