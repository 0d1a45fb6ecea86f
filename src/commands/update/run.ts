import type { Context } from '../../context.ts';
import { inOrderOf } from '../../core/changes.ts';
import { Failure } from '../../core/errors.ts';
import type { Format } from '../../core/format.ts';
import { isObject, type JsonObject, member, setMember } from '../../core/json.ts';
import { schemaAt } from '../../core/member-path.ts';
import { parseAssignment, parsePath } from '../../core/path.ts';
import { infoOf } from '../../formats/index.ts';
import { openProvider } from '../../providers/open.ts';
import type { Located } from '../../providers/provider.ts';
import { unable } from '../../providers/unable.ts';
import { hasContent } from '../content/options.ts';
import { overlay } from '../content/overlay.ts';
import { applyUnsets } from '../documents/completeness.ts';
import { valueOf } from '../documents/document.ts';
import { inputPath, readInput } from '../documents/input.ts';
import { printPlan } from '../plan.ts';
import { openSession } from '../session.ts';
import { printLocated } from '../show/print.ts';
import type { UpdateOptions } from './index.ts';

/** Changes one conversation and prints it without its messages. */
export async function update(
  id: string,
  file: string | undefined,
  options: UpdateOptions,
  context: Context,
): Promise<void> {
  const session = openSession(context, options, { writes: true });
  const provider = await openProvider(context, options.provider, session.telling);
  if (!provider.update) throw unable(provider, 'update');
  const flags = hasContent(options) || options.unset !== undefined;
  const path = inputPath(context, file, flags);
  if (path === undefined && !flags) {
    throw new Failure('usage', 'there is nothing to change', {
      hint: 'say what with --title, --set or a file',
    });
  }
  const patches = path === undefined ? [] : await readPatches(context, path);
  if (path !== undefined && patches.length === 0 && !flags) {
    await session.warn('the input is empty: nothing was changed');
    return;
  }
  const dryRun = options.dryRun === true;
  const change = (current: Located): Promise<JsonObject> => edit(current, patches, options);
  if (dryRun && provider.plan?.update) return printPlan(session, await provider.plan.update(id, change));
  const located = await provider.update(id, change, { dryRun });
  if (options.quiet === true) await session.stdout.write(`${located.id}\n`);
  else await printLocated(session, provider, located, { messages: dryRun });
}

async function readPatches(context: Context, path: string): Promise<readonly JsonObject[]> {
  const patches: JsonObject[] = [];
  for await (const entry of (await readInput(context, path)).entries) patches.push(valueOf(entry));
  return patches;
}

async function edit(
  current: Located,
  patches: readonly JsonObject[],
  options: UpdateOptions,
): Promise<JsonObject> {
  const format = await infoOf(current.format).load();
  const merged = patches.reduce(merge, current.record);
  const { sets, cleared } = partSets(options.set ?? [], format, current.record);
  const { value } = overlay({ format, kind: 'record', value: merged }, { ...options, set: sets });
  const changed = applyUnsets(value, [...cleared, ...(options.unset ?? []).map(parsePath)]);
  const ordered = inOrderOf(current.record, changed);
  return isObject(ordered) ? ordered : changed;
}

/** Objects are merged member by member; anything else replaces what was there. */
function merge(present: JsonObject, patch: JsonObject): JsonObject {
  const merged: JsonObject = { ...present };
  for (const [key, value] of Object.entries(patch)) {
    const before = member(present, key);
    setMember(merged, key, isObject(before) && isObject(value) ? merge(before, value) : value);
  }
  return merged;
}

/** `path=null` clears: a member that may not be null is taken out. */
function partSets(
  sets: readonly string[],
  format: Format,
  record: JsonObject,
): { readonly sets: readonly string[]; readonly cleared: readonly (readonly string[])[] } {
  const cleared = sets
    .map((text) => parseAssignment(text, '--set'))
    .filter(({ path, value }) => value === 'null' && !mayBeNull(format, record, path))
    .map(({ path }) => path);
  const names = new Set(cleared.map((path) => JSON.stringify(path)));
  const kept = sets.filter((text) => !names.has(JSON.stringify(parseAssignment(text, '--set').path)));
  return { sets: kept.map((text) => asSent(text, format, record)), cleared };
}

/** Where a record may hold anything and a request holds text, a change is a request: what is typed is text. */
function asSent(text: string, format: Format, record: JsonObject): string {
  const { path, value } = parseAssignment(text, '--set');
  const inRecord = schemaAt(format.record(), record, path);
  const inRequest = format.request && schemaAt(format.request(), record, path);
  if (inRecord?.shape.kind === 'string' || inRequest?.shape.kind !== 'string') return text;
  return `${text.slice(0, text.length - value.length)}${JSON.stringify(value)}`;
}

/** A record may hold what a request may not: both have to allow it. */
function mayBeNull(format: Format, record: JsonObject, path: readonly string[]): boolean {
  const schemas = [format.record(), ...(format.request ? [format.request()] : [])];
  return schemas.every((schema) => {
    const described = schemaAt(schema, record, path);
    return !described || described.nullable || described.shape.kind === 'unknown';
  });
}
