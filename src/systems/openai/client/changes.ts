import { changedPaths } from '../../../core/changes.ts';
import { refuseInexact } from '../../../core/json/inexact.ts';
import { type JsonObject, member } from '../../../core/json.ts';
import { checkChanges, checkSent } from '../../../providers/checks.ts';
import { openaiFormat } from '../format.ts';
import { request as requestSchema } from '../schema.ts';

/**
 * What is sent to make one record of another: the whole map of metadata, as OpenAI replaces it; undefined if nothing
 * changes. @throws Failure `unsupported` for any other change, `invalid` for what OpenAI would not take.
 *
 * @see https://platform.openai.com/docs/api-reference/conversations/update
 */
export function changeBetween(before: JsonObject, after: JsonObject): JsonObject | undefined {
  const changes = changedPaths(before, after);
  if (changes.length === 0) return undefined;
  checkChanges(openaiFormat, changes, ['/metadata']);
  return metadataOf(after);
}

/** What is sent to give a conversation the metadata of this record. */
export function metadataOf(record: JsonObject): JsonObject {
  const sent = { metadata: member(record, 'metadata') ?? null };
  refuseInexact(sent, 'sent');
  checkSent(openaiFormat, sent, requestSchema());
  return sent;
}
