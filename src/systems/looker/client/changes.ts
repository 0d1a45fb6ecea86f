import { changedPaths } from '../../../core/changes.ts';
import { Failure } from '../../../core/errors.ts';
import { refuseInexact } from '../../../core/json/inexact.ts';
import { type JsonObject, type JsonValue, member, setMember } from '../../../core/json.ts';
import { checkChanges, checkSent } from '../../../providers/checks.ts';
import type { Edit } from '../../../providers/provider.ts';
import { lookerFormats } from '../format.ts';
import { locate } from './api.ts';

/** What a member that is taken out is set to, as Looker keeps what it is not sent. A conversation always has a name. */
const cleared: Readonly<Record<string, JsonValue>> = {
  category: null,
  sources: [],
  agent_id: null,
  deleted: false,
};

/**
 * What has to be sent to make one record of another; undefined if that is nothing.
 * @throws Failure `unsupported` for what cannot be changed, `invalid` for what Looker would not take.
 */
export function changeBetween(current: JsonObject, edited: JsonObject): JsonObject | undefined {
  const format = lookerFormats['looker@26.10'];
  const { update } = format.keeping;
  const changes = changedPaths(current, edited);
  if (changes.length === 0) return undefined;
  checkChanges(format, changes, update?.changeable(current) ?? []);
  const body: JsonObject = {};
  for (const [name = ''] of changes) setMember(body, name, member(edited, name) ?? emptyFor(name));
  if (format.request) checkSent(format, body, format.request());
  refuseInexact(body, 'sent');
  return body;
}

/**
 * What an edit changes whatever the conversation is: what it sets in a record that has nothing, and what it takes out
 * of one that has everything.
 */
export async function changeByItself(id: string, edit: Edit): Promise<JsonObject | undefined> {
  const blank: JsonObject = { id };
  const full: JsonObject = { id, name: '', ...cleared };
  const emptied = await edit(locate(full, id));
  const taken = Object.keys(full).filter((name) => member(emptied, name) === undefined);
  const set = changeBetween(blank, await edit(locate(blank, id)));
  if (taken.length === 0) return set;
  return { ...Object.fromEntries(taken.map((name) => [name, emptyFor(name)])), ...set };
}

function emptyFor(name: string): JsonValue {
  const value = member({ ...cleared }, name);
  if (value !== undefined) return value;
  throw new Failure('unsupported', `Looker cannot take out /${name}`, {
    hint: 'give it another value instead',
  });
}
