import type { Context } from '../../context.ts';
import { Failure } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { writeJson, writeNdjson } from '../../output/json.ts';
import { findPlace } from '../../providers/open.ts';
import { placeOf } from '../../providers/place.ts';
import type { Settings } from '../../settings.ts';
import { type OutputOptions, openSession, type Session } from '../session.ts';
import { asJson, configuredAs } from './configuration.ts';
import { dropKey } from './key-file.ts';
import { chosenPlace } from './places.ts';

/** Takes a provider out of the configuration. @throws Failure `not_found` if it is not in there. */
export async function removeProvider(name: string, options: OutputOptions, context: Context): Promise<void> {
  const session = openSession(context, options, { writes: true });
  const file = await context.settings();
  const present = await file.read();
  const configured = configuredAs(present, name);
  if (!configured) throw notConfigured(name, context);
  const { [name]: _, ...providers } = present.providers ?? {};
  const left: Settings = { ...present, providers };
  // A default that is nowhere would fail every command.
  const orphaned = left.provider === name && placeOf(name, undefined, context.dataDirectory) === undefined;
  const { provider: __, ...withoutDefault } = left;
  await file.write(asJson(orphaned ? withoutDefault : left));
  await dropKey(context, configured.key, left);
  if (orphaned) await session.warn(`${name} was the default, which is local now`);
  await printDone(session, { text: `removed ${name}`, fields: { name, status: 'removed' } });
}

/** Makes a provider the default. @throws Failure `usage` if there is none of that name. */
export async function chooseDefault(name: string, options: OutputOptions, context: Context): Promise<void> {
  const session = openSession(context, options, { writes: true });
  const place = await findPlace(context, name);
  const file = await context.settings();
  const changed: Settings = { ...(await file.read()), provider: place.name };
  await file.write(asJson(changed));
  const chosen = chosenPlace(changed, context);
  if (chosen.name !== place.name) {
    await session.warn(`${chosen.source} is set to ${chosen.name}, and counts before the default`);
  }
  await printDone(session, { text: `${name} is the default`, fields: { name, status: 'default' } });
}

function notConfigured(name: string, context: Context): Failure {
  if (name === 'local') {
    return new Failure('usage', 'the provider local is always there and cannot be removed');
  }
  const place = placeOf(name, undefined, context.dataDirectory);
  if (!place) {
    return new Failure('not_found', `there is no provider ${JSON.stringify(name)}`, {
      hint: '`convo provider list` has those there are',
    });
  }
  return new Failure('not_found', `${name} is not configured`, {
    hint: `it is there by itself, and works with the variables of ${name} where they are set`,
  });
}

interface Done {
  readonly text: string;
  readonly fields: JsonObject;
}

async function printDone({ stdout, format }: Session, { text, fields }: Done): Promise<void> {
  if (format === 'json') await writeJson(stdout, fields);
  else if (format === 'ndjson') await writeNdjson(stdout, fields);
  else await stdout.write(`${text}\n`);
}
