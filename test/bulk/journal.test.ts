import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Entry, type Journal, withJournal } from '../../src/bulk/journal.ts';
import { readJournal } from '../../src/bulk/read-journal.ts';
import { storeHost } from '../../src/platform/store-host.ts';

function freshPath(): string {
  const directory = mkdtempSync(join(tmpdir(), 'convo-journal-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, 'journal', 'a.ndjson');
}

function use<T>(path: string, action: (journal: Journal) => Promise<T>): Promise<T> {
  return withJournal({ path, host: storeHost() }, action);
}

const at = '2026-06-01T09:15:02.000Z';
const key = fc.constantFrom('a', 'b', '__proto__', 'constructor', 'ü\n"\u2028');
const change = fc.oneof(
  fc.record({ does: fc.constant('begun'), key, digest: fc.string(), id: fc.option(fc.string()) }),
  fc.record({ does: fc.constant('done'), key, digest: fc.string(), id: fc.string() }),
  fc.record({ does: fc.constant('undone'), key, digest: fc.constant(''), id: fc.constant('') }),
);
interface Change {
  readonly does: string;
  readonly key: string;
  readonly digest: string;
  readonly id: string | null;
}

async function apply(journal: Journal, { does, key: name, digest, id }: Change): Promise<void> {
  if (does === 'undone') await journal.undone(name);
  else if (does === 'done') journal.done(name, { digest, id: id ?? '' });
  else await journal.begun(name, { digest, at, ...(id !== null && { id }) });
}

/** What ought to be known after these changes. */
function modelOf(changes: readonly Change[]): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const { does, key: name, digest, id } of changes) {
    if (does === 'undone') entries.delete(name);
    else if (does === 'done') entries.set(name, { state: 'done', digest, id: id ?? '' });
    else entries.set(name, { state: 'begun', digest, at, ...(id !== null && { id }) });
  }
  return entries;
}

function keysOf(changes: readonly Change[]): string[] {
  return [...new Set(changes.map((each) => each.key))];
}

/** What a journal says of these keys. */
function told(path: string, keys: Iterable<string>): Promise<Map<string, Entry>> {
  return readJournal(path, async ({ get }) => {
    const all = [...new Set(keys)].map((name) => [name, get(name)] as const);
    return new Map(all.flatMap(([name, entry]) => (entry ? [[name, entry]] : [])));
  });
}

describe('a journal', () => {
  it('says again what was said last of each key, however often it is closed and opened', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(change, { maxLength: 8 }), { maxLength: 4 }), async (runs) => {
        const path = freshPath();
        for (const changes of runs) {
          await use(path, async (journal) => {
            for (const each of changes) await apply(journal, each);
            // What a run says itself is what the next one reads.
            const names = keysOf(changes);
            expect(names.map(journal.get)).toEqual(
              await readJournal(path, async ({ get }) => names.map(get)),
            );
          });
        }
        expect(await told(path, keysOf(runs.flat()))).toEqual(modelOf(runs.flat()));
      }),
      { numRuns: 60 },
    );
  });

  it('loses nothing but the line that was cut off, wherever that was, and goes on behind it', async () => {
    const path = freshPath();
    const changes = ['a', 'b', 'c'].map((name) => ({
      does: 'begun',
      key: name,
      digest: `d${name}`,
      id: `i${name}`,
    }));
    await use(path, async (journal) => {
      for (const each of changes) await apply(journal, each);
    });
    const whole = readFileSync(path);
    for (let length = 0; length <= whole.length; length += 1) {
      writeFileSync(path, whole);
      truncateSync(path, length);
      // The first line is that of the journal itself.
      const lines = Math.max(0, whole.subarray(0, length).toString().split('\n').length - 2);
      const kept = changes.slice(0, lines);
      expect(await told(path, keysOf(changes))).toEqual(modelOf(kept));
      if (length % 7 !== 0) continue;
      const more = { does: 'done', key: 'd', digest: 'dd', id: 'id' };
      await use(path, (journal) => apply(journal, more));
      expect(await told(path, [...keysOf(changes), 'd'])).toEqual(modelOf([...kept, more]));
    }
  });

  it('begins by saying what it is', async () => {
    const path = freshPath();
    await use(path, (journal) => journal.begun('a', { digest: 'd', at }));
    await use(path, (journal) => journal.undone('a'));
    expect(readFileSync(path, 'utf8').match(/.*"journal".*/g)).toEqual(['{"journal":"convo","version":1}']);
    expect(readFileSync(path, 'utf8')).toMatch(/^\{"journal"/);
  });

  it.each([
    ['{"metadata":{}}\n', 'it is no journal'],
    ['{"metadata":', 'it is no journal'],
    ['[]\n', 'it is no journal'],
    ['\n{"journal":"convo","version":1}\n', 'it is no journal'],
    ['{"journal":"convo","version":2}\n', 'it is a journal of another version of convo (2, not 1)'],
  ])('is no file that begins with %j, which stays as it is', async (text, problem) => {
    const path = freshPath();
    await use(path, async () => undefined);
    writeFileSync(path, text);
    const refusal = { code: 'unreadable', message: `${path} cannot be the journal: ${problem}` };
    await expect(use(path, async () => undefined)).rejects.toMatchObject(refusal);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it.each(['{"key":"b","state":"begun","dig', '{', '{"key":"b\0\0\0', '\0\0', ''])(
    'skips what is left of a line that was cut off: %j',
    async (torn) => {
      const path = freshPath();
      await use(path, (journal) => journal.begun('a', { digest: 'd', at }));
      appendFileSync(path, torn);
      await use(path, async (journal) => journal.done('c', { digest: 'd', id: 'i' }));
      expect([...(await told(path, ['a', 'b', 'c'])).keys()]).toEqual(['a', 'c']);
    },
  );

  it.each([
    'null',
    '[]',
    '{"key":1}',
    '{"key":"a","state":"later"}',
    '{"key":"a","state":"done"}',
    'x',
    '{]',
  ])('stops at a line that nobody can read, and names it: %s', async (line) => {
    const path = freshPath();
    await use(path, (journal) => journal.begun('a', { digest: 'd', at }));
    appendFileSync(path, `${line}\n`);
    await expect(told(path, ['a'])).rejects.toThrow(`${path}:3: this is no line of a journal`);
  });

  it('keeps what a conversation can be known by, and what of it can be changed', async () => {
    const path = freshPath();
    const begun = { digest: 'd', at, trace: { name: 'One', messages: [] }, members: ['/name'] };
    await use(path, (journal) => journal.begun('a', begun));
    expect(await told(path, ['a'])).toEqual(new Map([['a', { state: 'begun', ...begun }]]));
  });

  it('has on the disk what was begun when that resolves, lines of many callers with one sync', async () => {
    const path = freshPath();
    await use(path, async (journal) => {
      const all = Array.from({ length: 50 }, (_, index) =>
        journal
          .begun(`k${index}`, { digest: 'd', at })
          .then(async () => (await told(path, [`k${index}`])).size),
      );
      expect(await Promise.all(all)).toEqual(Array.from({ length: 50 }, () => 1));
    });
  });

  it('knows what is its own, and which ids it has', async () => {
    const path = freshPath();
    await use(path, async (journal) => journal.done('a', { digest: 'd', id: 'one' }));
    await use(path, async (journal) => {
      await journal.begun('b', { digest: 'd', id: 'two', at });
      expect([journal.isOurs('a'), journal.isOurs('b')]).toEqual([false, true]);
      expect(['one', 'two', 'three'].map(journal.knows)).toEqual([true, true, false]);
    });
  });

  it('is for one run at a time, and free again after each', async () => {
    const path = freshPath();
    await use(path, async () => {
      await expect(use(path, async () => undefined)).rejects.toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining(`process ${process.pid} is at work with the journal`),
      });
    });
    await expect(use(path, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await use(path, async () => 'free')).toBe('free');
  });

  it('takes the place of a run that was killed', async () => {
    const path = freshPath();
    await use(path, async () => undefined);
    const dead = { ...storeHost(), pid: 4_194_305 };
    const lock = JSON.stringify({ pid: dead.pid, host: dead.hostName, started: null, token: 'left' });
    writeFileSync(`${path}.lock`, lock);
    expect(await use(path, async () => 'mine')).toBe('mine');
  });
});
