import type { Context } from '../../context.ts';
import type { Failure } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { renderDetails } from '../../output/details.ts';
import { writeJson, writeNdjson } from '../../output/json.ts';
import { neutralise } from '../../output/terminal-text.ts';
import { placeName } from '../../providers/key.ts';
import type { Sourced } from '../../providers/sources.ts';
import { settingsJson } from '../provider/overview.ts';
import type { Session } from '../session.ts';
import type { PlaceReport, State } from './place.ts';
import { settingColumns, settingRows } from './settings.ts';
import type { StoreReport } from './store.ts';

/** All that doctor found. */
export interface Report {
  readonly version: string;
  readonly runtime: Context['runtime'];
  readonly configuration: {
    readonly path: string;
    readonly exists: boolean;
    readonly problem?: Failure;
  };
  /** The provider that is used where nothing is named. */
  readonly chosen: { readonly name: string; readonly source: string; readonly problem?: Failure };
  /** Names only. */
  readonly variables: readonly string[];
  readonly places: readonly PlaceReport[];
}

/** What is wrong, and with what, in the order it is printed. */
export function problemsIn({ configuration, chosen, places }: Report): { about: string; failure: Failure }[] {
  return [
    { about: 'configuration', failure: configuration.problem },
    { about: 'default', failure: chosen.problem },
    ...places.map(({ overview, problem }) => ({ about: overview.name, failure: problem })),
  ].flatMap(({ about, failure }) => (failure ? [{ about, failure }] : []));
}

/** Prints the report: for programs one object. */
export async function printReport(session: Session, report: Report): Promise<void> {
  const { stdout, format, appearance } = session;
  if (format === 'json') return writeJson(stdout, reportJson(report));
  if (format === 'ndjson') return writeNdjson(stdout, reportJson(report));
  const { renderTable } = await import('../../output/table.ts');
  const { style } = appearance;
  const problems = problemsIn(report).map(({ about, failure }) => {
    const { hint } = failure.details;
    const advice = hint === undefined ? '' : `  ${style?.cyan('hint:') ?? 'hint:'} ${neutralise(hint)}\n`;
    return `${style?.red(`${about}:`) ?? `${about}:`} ${neutralise(failure.message)}\n${advice}`;
  });
  const table = renderTable(columns, report.places.map(cellsOf), appearance);
  const rows = settingRows(report.places);
  const settings = rows.length === 0 ? '' : renderTable(settingColumns, rows, appearance);
  const parts = [renderDetails(detailsOf(report), appearance), table, settings, problems.join('')];
  await stdout.write(parts.filter((part) => part !== '').join('\n'));
}

function detailsOf({ version, runtime, configuration, chosen, variables }: Report): [string, string][] {
  return [
    ['convo', version],
    ['Node', `${runtime.node} on ${runtime.platform}`],
    ['Configuration', `${configuration.path}${configuration.exists ? '' : ' (not there)'}`],
    ['Default', `${chosen.name} (${chosen.source})`],
    ['Variables', variables.length === 0 ? '-' : variables.join(', ')],
  ];
}

const columns = [
  { header: 'provider', cut: 'last' },
  // A terminal of 80 columns has room for the addresses instead.
  { header: 'system', spare: true },
  { header: 'API', spare: true },
  { header: 'state', minimum: 'not configured'.length },
  { header: 'where', cut: 'first', minimum: 32 },
  { header: 'key', cut: 'first', minimum: 12 },
] as const;

const words: Readonly<Record<State, string>> = {
  works: 'works',
  fails: 'fails',
  not_tried: 'not tried',
  not_configured: 'not configured',
};

function cellsOf({ overview, state, milliseconds, store }: PlaceReport): string[] {
  const { name, system, versions, location, key } = overview;
  const took = milliseconds === undefined ? '' : ` (${milliseconds} ms)`;
  return [
    name,
    system,
    versions.length === 0 ? '-' : versions.join(', '),
    `${words[state]}${took}`,
    `${location ? withSource(location) : '-'}${storeWords(store)}`,
    key ? placeName(key.value) : '-',
  ];
}

function withSource({ value, source }: Sourced): string {
  return source === 'the default' ? value : `${value} (${source})`;
}

function storeWords(store: StoreReport | undefined): string {
  if (!store) return '';
  if (!store.exists) return ', not there yet';
  const { conversations: count } = store;
  if (count === undefined) return '';
  return count === 1 ? ', 1 conversation' : `, ${count} conversations`;
}

function reportJson({ version, runtime, configuration, chosen, variables, places }: Report): JsonObject {
  return {
    version,
    node: runtime.node,
    platform: runtime.platform,
    configuration: {
      path: configuration.path,
      exists: configuration.exists,
      problem: failureJson(configuration.problem),
    },
    default: { name: chosen.name, source: chosen.source, problem: failureJson(chosen.problem) },
    variables: [...variables],
    providers: places.map(placeJson),
  };
}

/** Of every provider the same members. */
function placeJson({ overview, state, keyReadable, milliseconds, store, problem }: PlaceReport): JsonObject {
  const { name, system, configured, location, key } = overview;
  return {
    name,
    system,
    state,
    configured,
    address: store ? null : sourcedJson(location),
    store: store
      ? {
          directory: store.directory,
          source: location?.source ?? null,
          exists: store.exists,
          writable: store.writable,
          conversations: store.conversations ?? null,
          damaged: store.damaged.map(({ file, message }) => ({ file, message })),
        }
      : null,
    key: key ? { place: key.value, source: key.source, readable: keyReadable ?? null } : null,
    settings: settingsJson(overview),
    versions: [...overview.versions],
    milliseconds: milliseconds ?? null,
    problem: failureJson(problem),
  };
}

function sourcedJson(sourced: Sourced | undefined): JsonObject | null {
  return sourced ? { value: sourced.value, source: sourced.source } : null;
}

function failureJson(failure: Failure | undefined): JsonObject | null {
  if (!failure) return null;
  const { code, message, details } = failure;
  return { code, message, hint: details.hint ?? null };
}
