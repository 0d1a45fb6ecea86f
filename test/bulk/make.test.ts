import { describe, expect, it } from 'vitest';
import type { Destination, Task } from '../../src/bulk/destination.ts';
import { openGate } from '../../src/bulk/gate.ts';
import { type Entry, type Journal, JournalFailure } from '../../src/bulk/journal.ts';
import { makeOnce } from '../../src/bulk/make.ts';
import { Failure } from '../../src/core/errors.ts';
import type { Located, Provider } from '../../src/providers/provider.ts';
import { lookerFormats } from '../../src/systems/looker/format.ts';

const at = '2026-06-01T09:15:02.000Z';
const located = (id: string): Located => ({ id, format: 'looker@26.10', record: { id } });

interface Place {
  readonly destination: Destination;
  readonly task: Task;
  readonly entries: Map<string, Entry>;
  /** What was told to be there. */
  readonly made: (string | null)[];
}

/** A destination whose provider is made of these operations, with a journal that knows this of `k`. */
function place(operations: Partial<Provider>, known?: Entry, journal: Partial<Journal> = {}): Place {
  const entries = new Map<string, Entry>(known ? [['k', known]] : []);
  const made: (string | null)[] = [];
  const create = operations.create ?? (async () => located('new'));
  const provider: Provider = {
    name: 'it',
    title: 'It',
    format: 'looker@26.10',
    cannot: {},
    takes: () => true,
    ...operations,
    create,
  };
  return {
    entries,
    made,
    destination: {
      provider,
      create,
      journal: {
        get: (key) => entries.get(key),
        isOurs: () => false,
        knows: () => false,
        begun: async (key, begun) => void entries.set(key, { state: 'begun', ...begun }),
        done: (key, done) => void entries.set(key, { state: 'done', ...done }),
        undone: async (key) => void entries.delete(key),
        trouble: () => undefined,
        ...journal,
      },
      gate: openGate(),
      pace: async () => undefined,
      settle: async () => undefined,
      now: () => Date.parse(at),
      again: false,
    },
    task: {
      key: 'k',
      digest: 'new',
      document: { format: lookerFormats['looker@26.10'], kind: 'request', value: { name: 'One' } },
      newId: false,
      made: (id) => void made.push(id),
    },
  };
}

const begun = (digest: string, more: object = {}): Entry => ({ state: 'begun', digest, at, ...more });
const never = (): never => {
  throw new Error('nobody asked for this');
};

const showOld = async (id: string) => (id === 'old' ? located(id) : undefined);

const breakOff = async () => Promise.reject(new Failure('unavailable', 'gone'));

describe('what was begun with another source than there is now', () => {
  const trace = { name: 'Zero' };

  it('is looked for as it was sent, and is written down as it was', async () => {
    const asked: unknown[] = [];
    const findCreated = async (...given: unknown[]): Promise<string[]> => {
      asked.push(given);
      return ['old'];
    };
    const { destination, task, entries } = place(
      { findCreated, finish: never, create: never },
      begun('old', { trace, members: ['/name'] }),
    );
    expect(await makeOnce(destination, task)).toEqual({ id: 'old', status: 'changed' });
    expect(asked).toEqual([[trace, at]]);
    expect(entries.get('k')).toEqual({ state: 'done', digest: 'old', id: 'old', members: ['/name'] });
  });

  it('is left alone where its id is known, and made anew where it has gone', async () => {
    const there = place({ show: showOld, finish: never, create: never }, begun('old', { id: 'old' }));
    expect(await makeOnce(there.destination, there.task)).toEqual({ id: 'old', status: 'changed' });
    expect(there.entries.get('k')).toEqual({ state: 'done', digest: 'old', id: 'old' });
    const gone = place({ show: showOld }, begun('old', { id: 'gone' }));
    expect(await makeOnce(gone.destination, gone.task)).toEqual({ id: 'new', status: 'created' });
    expect(gone.entries.get('k')).toMatchObject({ digest: 'new', id: 'new' });
    expect(gone.made).toEqual(['gone', null]);
  });

  it('is left alone in a store of our own too', async () => {
    const { destination, task, entries } = place(
      { keep: never, create: never, show: async (id) => located(id) },
      begun('old', { id: 'old' }),
    );
    expect(await makeOnce(destination, task)).toEqual({ id: 'old', status: 'changed' });
    expect(entries.get('k')).toEqual({ state: 'done', digest: 'old', id: 'old' });
  });

  it('keeps what it was when it is found and the run is cut off before it is finished', async () => {
    const { destination, task, entries } = place(
      { findCreated: async () => ['old'], finish: breakOff },
      begun('new', { trace }),
    );
    await expect(makeOnce(destination, task)).rejects.toMatchObject({ code: 'unavailable' });
    expect(entries.get('k')).toMatchObject({ state: 'begun', digest: 'new', id: 'old' });
  });
});

const full = async () => Promise.reject(new JournalFailure('unavailable', 'no space is left'));

const createWhole: NonNullable<Provider['create']> = async (_document, { onCreated }) => {
  await onCreated?.('made');
  return located('made');
};

const refuse = async () => Promise.reject(new Failure('invalid', 'no'));

describe('a journal that cannot be written any more', () => {
  it('keeps a conversation from being sent', async () => {
    const { destination, task } = place({ create: never }, undefined, { begun: full });
    await expect(makeOnce(destination, task)).rejects.toBeInstanceOf(JournalFailure);
  });

  it('does not keep one that was made from being whole, and told of', async () => {
    let notes = 0;
    const note = async () => ((notes += 1) > 1 ? full() : undefined);
    const { destination, task, made } = place({ create: createWhole }, undefined, { begun: note });
    expect(await makeOnce(destination, task)).toEqual({ id: 'made', status: 'created' });
    expect(made).toEqual(['made']);
  });

  it('hides no refusal', async () => {
    const { destination, task } = place({ create: refuse }, undefined, { undone: full });
    await expect(makeOnce(destination, task)).rejects.toMatchObject({ code: 'invalid' });
  });
});

const createHalf: NonNullable<Provider['create']> = async (_document, { onCreated }) => {
  await onCreated?.('half');
  throw new Failure('not_found', 'no such agent', { id: 'half', hint: 'convo append half' });
};

describe('what is there and not whole', () => {
  it('is told of by its id, whatever went wrong then, with the way to finish it', async () => {
    const { destination, task, made, entries } = place({ create: createHalf });
    await expect(makeOnce(destination, task)).rejects.toMatchObject({
      code: 'not_found',
      details: { id: 'half', hint: 'run the command again: it adds what is missing' },
    });
    expect(made).toEqual(['half']);
    expect(entries.get('k')).toMatchObject({ state: 'begun', id: 'half' });
  });
});
