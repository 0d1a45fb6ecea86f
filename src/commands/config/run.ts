import type { Context } from '../../context.ts';
import { Failure } from '../../core/errors.ts';
import { isObject, type JsonObject, type JsonValue, member, valueAt } from '../../core/json.ts';
import { assign, remove } from '../../core/member-path.ts';
import { parsePath, showPath } from '../../core/path.ts';
import type { Schema } from '../../core/schema/build.ts';
import { problemsOf } from '../../core/schema/problems.ts';
import { systemAddress } from '../../http/address.ts';
import { renderDetails } from '../../output/details.ts';
import { writeJson, writeNdjson } from '../../output/json.ts';
import { neutralise } from '../../output/terminal-text.ts';
import { remoteSystems } from '../../providers/systems.ts';
import { settings } from '../../settings.ts';
import { type OutputOptions, openSession, type Session } from '../session.ts';
import { refuseUnknownKey } from './known-key.ts';

/** Prints where the configuration file is, whether or not there is one. */
export async function printPath(options: OutputOptions, context: Context): Promise<void> {
  const session = openSession(context, options);
  await printValue(session, (await context.settings()).path, options);
}

/** Prints what is set, or one value. @throws Failure `not_found` if the key is not set. */
export async function getSetting(
  key: string | undefined,
  options: OutputOptions,
  context: Context,
): Promise<void> {
  const session = openSession(context, options);
  const present = await readSettings(context);
  if (key === undefined) {
    await printAll(session, present);
    return;
  }
  const path = parsePath(key);
  const value = valueAt(present, path);
  if (value === undefined) {
    refuseUnknownKey(schema(), path);
    throw notSet(path);
  }
  await printValue(session, value, options);
}

/** Sets a key. @throws Failure `usage` for an unknown key or a value that it cannot have. */
export async function setSetting(key: string, value: string, context: Context): Promise<void> {
  const path = parsePath(key);
  refuseUnknownKey(schema(), path);
  if (path[0] === 'providers' && path[1] === 'local') {
    throw new Failure('usage', 'the provider local is always there and cannot be configured', {
      hint: 'use another name, or CONVO_DATA_DIR to move the store',
    });
  }
  const changed = assign(await readSettings(context), path, value, schema());
  const said = mayHoldKey(path) ? 'that' : JSON.stringify(value);
  refuseInvalid(changed, path, `${showPath(path)} cannot be ${said}`);
  if (path[0] === 'providers' && (path.length < 3 || path[2] === 'url')) refuseAddresses(changed, path[1]);
  if (path[0] === 'provider') refuseUnknownProvider(changed, value);
  await (await context.settings()).write(changed);
}

/** Removes a key. @throws Failure `not_found` if it is not set, `usage` if what is left would not be valid. */
export async function unsetSetting(key: string, context: Context): Promise<void> {
  const path = parsePath(key);
  const present = await readSettings(context);
  if (valueAt(present, path) === undefined) {
    refuseUnknownKey(schema(), path);
    throw notSet(path);
  }
  const changed = remove(present, path);
  refuseInvalid(changed, path, `${showPath(path)} cannot be removed`);
  await (await context.settings()).write(changed);
}

async function readSettings(context: Context): Promise<JsonObject> {
  const present: unknown = await (await context.settings()).read();
  return isObject(present) ? present : {};
}

function schema(): Schema {
  return settings();
}

/** Somebody may try to put a key where only its place belongs, or into an address; it must not be repeated. */
function mayHoldKey(path: readonly string[]): boolean {
  return path[0] === 'providers' && (path.length < 3 || path[2] === 'key' || path[2] === 'url');
}

/** Of this provider, or of all: one that cannot be used would fail later, and may leave a password in the file. */
function refuseAddresses(changed: JsonObject, name: string | undefined): void {
  for (const [each, provider] of Object.entries(isObject(changed['providers']) ? changed['providers'] : {})) {
    const url = isObject(provider) ? member(provider, 'url') : undefined;
    if (typeof url === 'string' && (name ?? each) === each) systemAddress(url, `providers.${each}.url`);
  }
}

/** Every command would fail that looks for it. */
function refuseUnknownProvider(changed: JsonObject, name: string): void {
  const configured = Object.keys(isObject(changed['providers']) ? changed['providers'] : {});
  const known = [...new Set(['local', ...configured, ...remoteSystems.map((system) => system.name)])];
  if (known.includes(name)) return;
  throw new Failure('usage', `there is no provider ${JSON.stringify(name)}`, {
    hint: `the providers are ${known.join(', ')}; add one first with \`convo provider add\``,
  });
}

/** What a later version may have written elsewhere in the file is left alone. */
function refuseInvalid(changed: JsonObject, path: readonly string[], what: string): void {
  const problem = problemsOf(schema(), changed).find(
    ({ severity, path: at }) =>
      severity === 'error' || path.every((step, index) => String(at[index]) === step),
  );
  if (!problem) return;
  const where = showPath(problem.path);
  const needed = problem.missing === true ? { hint: `set ${where} first, or both as one JSON object` } : {};
  throw new Failure(
    'usage',
    `${what}: ${where === showPath(path) ? '' : `${where}: `}${problem.message}`,
    needed,
  );
}

function notSet(path: readonly string[]): Failure {
  return new Failure('not_found', `${showPath(path)} is not set`);
}

async function printAll(session: Session, present: JsonObject): Promise<void> {
  const { stdout, format, appearance } = session;
  if (format === 'json') await writeJson(stdout, present);
  else if (format === 'ndjson') await writeNdjson(stdout, present);
  else if (Object.keys(present).length > 0)
    await stdout.write(renderDetails(leavesOf(present, []), appearance));
  else await session.context.stderr.open().write('convo: nothing is set\n');
}

function leavesOf(value: JsonValue, path: readonly string[]): [string, string][] {
  if (!isObject(value)) return [[showPath(path), textOf(value)]];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}

/** Text as it is, for scripts, unless JSON is asked for. */
async function printValue(
  { stdout, context }: Session,
  value: JsonValue,
  { output }: OutputOptions,
): Promise<void> {
  if (output === 'json') await writeJson(stdout, value);
  else if (output === 'ndjson') await writeNdjson(stdout, value);
  else {
    const text = textOf(value);
    await stdout.write(
      `${context.stdout.isTTY === true ? neutralise(text, { keepNewlines: true }) : text}\n`,
    );
  }
}

function textOf(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
