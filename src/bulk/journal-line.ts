import { isObject } from '../core/json.ts';

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
}

export interface Done {
  readonly state: 'done';
  readonly digest: string;
  /** Of what was made. */
  readonly id: string;
  /** When the source was changed last, as it says itself; absent if it does not. */
  readonly updated?: string | undefined;
  /** How many messages the source had, and their digest. */
  readonly messages?: number | undefined;
  readonly said?: string | undefined;
}

/** It was surely not made. */
export interface Undone {
  readonly state: 'undone';
}

export interface Line {
  readonly key: string;
  readonly entry: Entry | Undone;
}

/** A line of the journal, with its line feed. */
export function renderLine({ key, entry }: Line): string {
  return `${JSON.stringify({ key, ...entry })}\n`;
}

/** Undefined for a line that is torn, or from a later version. */
export function parseLine(text: string): Line | undefined {
  const value = parsed(text);
  if (value === undefined) return undefined;
  const { key, state, digest, id, at } = value;
  if (typeof key !== 'string') return undefined;
  if (state === 'undone') return { key, entry: { state } };
  if (typeof digest !== 'string') return undefined;
  if (state === 'begun' && typeof at === 'string') {
    return { key, entry: { state, digest, at, ...(typeof id === 'string' && { id }) } };
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
    },
  };
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
