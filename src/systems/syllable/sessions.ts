import { formsOf } from '../../core/extension.ts';
import { isObject, type JsonArray, type JsonObject, member } from '../../core/json.ts';
import type { Ledger } from '../../core/ledger.ts';
import { chronology, type ListName, listNames } from './chronology.ts';
import type { Entry } from './entries.ts';
import { sessionIdOf } from './read.ts';

interface Slot {
  readonly outline: JsonObject;
  readonly id: string | undefined;
  readonly entries: Entry[];
}

type Lists = Readonly<Record<ListName, readonly Entry[]>>;

/**
 * Entries in their sessions: the remembered ones in their old order, then the others as they first appear.
 * Entries that name no session share one that has no id.
 */
export function writeSessions(
  entries: readonly Entry[],
  outlines: readonly JsonObject[],
  ledger: Ledger,
): JsonArray {
  const known = outlines.map((outline): Slot => ({ outline, id: sessionIdOf(outline), entries: [] }));
  const slots = [...known];
  const first = new Map<string | undefined, Slot>();
  for (const slot of slots) if (!first.has(slot.id)) first.set(slot.id, slot);
  for (const entry of entries) {
    const id = entry.message.session_id;
    const remembered = known[hintOf(entry, 'session') ?? -1];
    const slot = remembered?.id === id ? (remembered ?? first.get(id)) : first.get(id);
    if (slot) {
      slot.entries.push(entry);
      continue;
    }
    const fresh: Slot = { outline: id === undefined ? {} : { session_id: id }, id, entries: [entry] };
    slots.push(fresh);
    first.set(id, fresh);
  }
  return slots.map((slot) => writeSession(slot, ledger));
}

function writeSession({ outline, id, entries }: Slot, ledger: Ledger): JsonObject {
  if (entries.length === 0) return outline;
  const lists = arrange(entries, ledger);
  const given = member(outline, 'transcript');
  const empty: JsonObject = { ...(id !== undefined && { session_id: id }), transcription: [], actions: [] };
  const transcript = isObject(given) ? { ...given } : empty;
  for (const list of listNames) {
    if (lists[list].length > 0) transcript[list] = lists[list].map(({ value }) => value);
  }
  return { ...outline, transcript };
}

/** The two lists, each in its remembered order if that is read back in the order the messages have now. */
function arrange(entries: readonly Entry[], ledger: Ledger): Lists {
  const lists = listsOf(entries, (list) => list);
  const remembered = listsOf(entries, toRemembered);
  if (equalOrder(readBack(remembered), entries)) return remembered;
  const order = readBack(lists);
  for (const [position, entry] of entries.entries()) {
    if (entry.list !== 'actions' || order[position] === entry) continue;
    const reason = 'Syllable keeps actions apart from what is said, and no time tells their order here';
    ledger.narrowed(entry.message, '$self', reason);
  }
  return lists;
}

function listsOf(entries: readonly Entry[], sort: (list: readonly Entry[]) => readonly Entry[]): Lists {
  return {
    transcription: sort(entries.filter((entry) => entry.list === 'transcription')),
    actions: sort(entries.filter((entry) => entry.list === 'actions')),
  };
}

/** Entries that remember an index take the places of their kind in the order of these; the others stay. */
function toRemembered(list: readonly Entry[]): readonly Entry[] {
  const sorted = list
    .filter((entry) => hintOf(entry, 'index') !== undefined)
    .toSorted((left, right) => (hintOf(left, 'index') ?? 0) - (hintOf(right, 'index') ?? 0));
  let next = 0;
  return list.map((entry) => (hintOf(entry, 'index') === undefined ? entry : (sorted[next++] ?? entry)));
}

function hintOf({ message }: Entry, name: string): number | undefined {
  const hint = member(formsOf(message, 'syllable'), name);
  return typeof hint === 'number' ? hint : undefined;
}

/** The entries in the order in which they would be read. */
function readBack(lists: Lists): Entry[] {
  const values = {
    transcription: lists.transcription.map(({ value }) => value),
    actions: lists.actions.map(({ value }) => value),
  };
  return chronology(values).flatMap(({ list, index }) => lists[list][index] ?? []);
}

function equalOrder(left: readonly Entry[], right: readonly Entry[]): boolean {
  return left.every((entry, position) => entry === right[position]);
}
