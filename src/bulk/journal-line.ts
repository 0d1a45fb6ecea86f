import { JsonSyntaxProblem, parseJson } from '../core/json/parse.ts';
import { isObject, type JsonObject } from '../core/json.ts';

/** What became of one source record. */
export type Entry = Begun | Done;

/** It was about to be made: whether it was is not known. */
export interface Begun {
  readonly state: 'begun';
  /** Of the source record. */
  readonly digest: string;
  /** Known before it is made where we choose it ourselves, else as soon as the system says it. */
  readonly id?: string | undefined;
  /** RFC 3339 UTC. */
  readonly at: string;
  /** What it can be known by where it was sent to: the source may be another one by then. */
  readonly trace?: JsonObject | undefined;
  readonly members?: readonly string[] | undefined;
}

export interface Done {
  readonly state: 'done';
  readonly digest: string;
  /** Of what was made. */
  readonly id: string;
  /** When the source was changed last, as it says itself; absent if it does not. */
  readonly updated?: string | undefined;
  /** How many messages the source had, and their digest; absent if what was made may not have them all. */
  readonly messages?: number | undefined;
  readonly said?: string | undefined;
  /** JSON pointers of what was made of the source and can be changed: what of it the source lost since is taken out. */
  readonly members?: readonly string[] | undefined;
}

/** It was surely not made. */
export interface Undone {
  readonly state: 'undone';
}

export interface Line {
  readonly key: string;
  readonly entry: Entry | Undone;
}

const VERSION = 1;

/** The line that every journal begins with, with its line feed. */
export const HEADER = `${JSON.stringify({ journal: 'convo', version: VERSION })}\n`;

/** Why a file that begins with this line is no journal that can be read here; undefined if it is one. */
export function headerProblem(text: string): string | undefined {
  const value = parsed(text);
  if (value === 'torn' || value?.['journal'] !== 'convo') return 'it is no journal';
  const version = value['version'];
  if (version === VERSION) return undefined;
  return `it is a journal of another version of convo (${JSON.stringify(version)}, not ${VERSION})`;
}

/** A line of the journal, with its line feed. */
export function renderLine({ key, entry }: Line): string {
  return `${JSON.stringify({ key, ...entry })}\n`;
}

/** `torn` for one that was not written to its end; undefined for what is no line of a journal. */
export function parseLine(text: string): Line | 'torn' | undefined {
  const value = parsed(text);
  if (value === undefined || value === 'torn') return value;
  const { key, state, digest, id, at, trace, members } = value;
  if (typeof key !== 'string') return undefined;
  if (state === 'undone') return { key, entry: { state } };
  if (typeof digest !== 'string') return undefined;
  if (state === 'begun' && typeof at === 'string') {
    const known = { ...(typeof id === 'string' && { id }), ...(isObject(trace) && { trace }) };
    return { key, entry: { state, digest, at, ...known, ...(isTexts(members) && { members }) } };
  }
  if (state !== 'done' || typeof id !== 'string') return undefined;
  const { updated, messages, said } = value;
  return {
    key,
    entry: {
      state,
      digest,
      id,
      ...(typeof updated === 'string' && { updated }),
      ...(typeof messages === 'number' && { messages }),
      ...(typeof said === 'string' && { said }),
      ...(isTexts(members) && { members }),
    },
  };
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function parsed(text: string): Readonly<Record<string, unknown>> | 'torn' | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return isTorn(text) ? 'torn' : undefined;
  }
}

/** The beginning of a line, and perhaps zeros behind it: of a file that grew, a power cut may leave no more. */
function isTorn(text: string): boolean {
  const rest = text.replace(/\0+$/, '');
  if (rest === '') return true;
  try {
    parseJson(rest);
    return false;
  } catch (error) {
    return error instanceof JsonSyntaxProblem && error.kind === 'truncated' && rest.startsWith('{');
  }
}
