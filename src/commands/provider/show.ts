import type { Context } from '../../context.ts';
import type { JsonObject } from '../../core/json.ts';
import { renderDetails } from '../../output/details.ts';
import { writeJson, writeNdjson } from '../../output/json.ts';
import { placeName } from '../../providers/key.ts';
import { findPlace } from '../../providers/open.ts';
import type { Place } from '../../providers/place.ts';
import type { Sourced } from '../../providers/sources.ts';
import type { Settings } from '../../settings.ts';
import { type OutputOptions, openSession, type Session } from '../session.ts';
import type { Capability } from './capabilities.ts';
import { type Overview, overviewJson, overviewOf, type Patience, settingsJson } from './overview.ts';

/** Prints everything of one provider, each value with where it comes from; never a key. */
export async function showProvider(name: string, options: OutputOptions, context: Context): Promise<void> {
  const session = openSession(context, options);
  const place = await findPlace(context, name);
  await printPlace(session, place, await (await context.settings()).read());
}

/** Prints one provider as `provider show` does. */
export async function printPlace(session: Session, place: Place, settings: Settings): Promise<void> {
  const { stdout, format, appearance, context } = session;
  const overview = await overviewOf(context, place, settings);
  if (format === 'json') await writeJson(stdout, wholeJson(overview));
  else if (format === 'ndjson') await writeNdjson(stdout, wholeJson(overview));
  else await stdout.write(renderDetails(detailsOf(overview), appearance));
}

function wholeJson(overview: Overview): JsonObject {
  return { ...overviewJson(overview), settings: settingsJson(overview), versions: [...overview.versions] };
}

function detailsOf(overview: Overview): [string, string][] {
  const { name, system, chosen, location, key, problem, others, patience, capabilities } = overview;
  const local = system === 'local';
  return [
    ['Name', name],
    ['System', system],
    ['Default', chosen ? 'yes' : 'no'],
    [local ? 'Directory' : 'Address', location ? withSource(location) : `- (${problem?.message ?? 'none'})`],
    ...(local ? [] : [['Key', keyWords(key)] satisfies [string, string]]),
    ...Object.entries(others).map(([setting, sourced]): [string, string] => [
      capitalised(setting.replaceAll('_', ' ')),
      withSource(sourced),
    ]),
    ...(patience ? patienceDetails(patience) : []),
    ...capabilities.map((capability): [string, string] => [
      capitalised(capability.operation),
      possibility(capability),
    ]),
  ];
}

function patienceDetails({ timeout, retries }: Patience): [string, string][] {
  return [
    ['Timeout', `${timeout.value} s (${timeout.source})`],
    ['Retries', `${retries.value} (${retries.source})`],
  ];
}

function withSource({ value, source }: Sourced): string {
  return `${value} (${source})`;
}

/** A variable or a file of the vendor's says by itself where it comes from. */
function keyWords(key: Sourced | undefined): string {
  if (!key) return '-';
  const place = placeName(key.value);
  return key.source === 'the configuration' ? `${place} (${key.source})` : place;
}

function possibility({ possible, reason }: Capability): string {
  return reason === undefined ? possible : `${possible}: ${reason}`;
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
