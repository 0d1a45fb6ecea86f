import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Envelope, renderEnvelope } from '../../src/store/envelope.ts';
import type { Store } from '../../src/store/index.ts';
import { comparing, type Order } from '../../src/store/order.ts';
import { envelope, freshDirectory, listing, openExample, pathIn, summarise } from './example.ts';

/** What the file of each id holds: an envelope, which may be another's, or junk. */
type Model = Map<string, Envelope | 'junk'>;

interface World {
  readonly directory: string;
  readonly store: Store;
  readonly model: Model;
}

type Step = (world: World) => Promise<void>;

function soundIn(model: Model, name: string): Envelope | undefined {
  const content = model.get(name);
  return content === undefined || content === 'junk' || content.id !== name ? undefined : content;
}

/** Puts a file where it belongs the way git and careful editors do: as a new one, moved there. */
async function place({ directory, model }: World, name: string, content: Envelope | 'junk'): Promise<void> {
  const path = await pathIn(directory, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${directory}/incoming`, content === 'junk' ? '{"format":' : renderEnvelope(content));
  renameSync(`${directory}/incoming`, path);
  model.set(name, content);
}

// All in two shards, so that what happens to one file may hide what happened to another.
const id = fc.constantFrom('c4', 'c62', 'c109', 'c416', 'C/157', 'c462', 'C/37');
const time = fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-01T00:00:00.5Z', '2026-01-02T00:00:00Z');
// Big summaries make the log long enough to be worked into snapshots.
const record = fc.record(
  {
    title: fc.option(fc.string({ maxLength: 3 })),
    created_at: fc.option(time),
    updated_at: fc.option(time),
    metadata: fc.constant({ long: 'x'.repeat(9_000) }),
  },
  { requiredKeys: ['title'] },
);

/** By the store. */
const create = fc.tuple(id, record).map(
  ([name, content]): Step =>
    async ({ store, model }) => {
      const creation = store.create(envelope(name, content));
      if (model.has(name)) await expect(creation).rejects.toMatchObject({ code: 'conflict' });
      else model.set(name, await creation.then(() => envelope(name, content)));
    },
);

const update = fc.tuple(id, record).map(
  ([name, content]): Step =>
    async ({ store, model }) => {
      const change = store.update(name, () => envelope(name, content));
      if (soundIn(model, name) !== undefined) model.set(name, await change);
      else await expect(change).rejects.toMatchObject({ code: model.has(name) ? 'invalid' : 'not_found' });
    },
);

const remove = id.map(
  (name): Step =>
    async ({ store, model }) => {
      expect(await store.remove(name)).toBe(model.delete(name));
    },
);

/** Behind its back: what git, cp, rm and editors do. */
const placeAnew = fc.tuple(id, record).map(
  ([name, content]): Step =>
    async (world) =>
      place(world, name, envelope(name, content)),
);

const damage = id.map(
  (name): Step =>
    async (world) =>
      place(world, name, 'junk'),
);

const placeAnother = fc.tuple(id, id).map(
  ([from, to]): Step =>
    async (world) => {
      const content = world.model.get(from);
      if (content !== undefined) await place(world, to, content);
    },
);

const retitle = id.map(
  (name): Step =>
    async ({ directory, model }) => {
      const current = soundIn(model, name);
      if (current === undefined) return;
      // A title may change in place and still be found by the newest-first list; a time of creation may not.
      const edited = envelope(name, {
        ...current.record,
        title: `${JSON.stringify(current.record['title'])}!`,
      });
      writeFileSync(await pathIn(directory, name), renderEnvelope(edited));
      model.set(name, edited);
    },
);

const unlink = id.map(
  (name): Step =>
    async ({ directory, model }) => {
      rmSync(await pathIn(directory, name), { force: true });
      model.delete(name);
    },
);

/** Time goes by: all that is there was there long before. */
const age = fc.constant<Step>(async ({ directory }) => {
  const folder = join(directory, 'conversations');
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const past = Date.now() / 1000 - 100 - Math.random();
    utimesSync(join(folder, name), past, past);
  }
});

const removeShard = id.map(
  (name): Step =>
    async ({ directory, model }) => {
      rmSync(dirname(await pathIn(directory, name)), { recursive: true, force: true });
      const left = await Promise.all(
        Array.from(model.keys(), async (key) => [key, await pathIn(directory, key)] as const),
      );
      for (const [key, path] of left) if (!existsSync(path)) model.delete(key);
    },
);

/** To the index, which nobody should miss. */
const spoilIndex = fc
  .tuple(
    fc.nat(3),
    fc.constantFrom('truncate', 'garble', 'remove', 'removeAll'),
    fc.double({ min: 0, max: 1, noNaN: true }),
  )
  .map(
    ([which, how, part]): Step =>
      async ({ directory }) => {
        const folder = join(directory, 'index');
        const name = existsSync(folder)
          ? readdirSync(folder).filter((entry) => !entry.startsWith('.'))[which]
          : undefined;
        if (name === undefined) return;
        const path = join(folder, name);
        if (how === 'removeAll') rmSync(folder, { recursive: true });
        else if (how === 'remove') rmSync(path);
        else if (how === 'garble') writeFileSync(path, '["no", {"index": "at all"}]\n0000000000000000\n');
        else truncateSync(path, Math.floor(part * 10_000));
      },
  );

const orders: Order[] = (['created', 'updated', 'title'] as const).flatMap((sort) => [
  { sort, order: 'asc' },
  { sort, order: 'desc' },
]);
const newestFirst: Order = { sort: 'created', order: 'desc' };

const list = fc
  .tuple(
    fc.oneof(fc.constant(newestFirst), fc.constantFrom(...orders)),
    fc.option(fc.integer({ min: 0, max: 8 }), { nil: undefined }),
  )
  .map(
    ([order, limit]): Step =>
      async ({ directory, store, model }) => {
        const names = Array.from(model.keys());
        const whole = names.map((name) => soundIn(model, name)).filter((content) => content !== undefined);
        const expected = (await Promise.all(whole.map(summarise))).toSorted(comparing(order)).slice(0, limit);
        const found = await listing(store, order, limit);
        expect(found.summaries).toEqual(expected);
        if (limit === 0) return;
        const damaged = names.filter((name) => soundIn(model, name) === undefined);
        const paths = await Promise.all(damaged.map((key) => pathIn(directory, key)));
        expect(found.damaged.map(({ file }) => file).toSorted()).toEqual(paths.toSorted());
      },
  );

const step = fc.oneof(
  { weight: 4, arbitrary: create },
  { weight: 4, arbitrary: update },
  { weight: 2, arbitrary: remove },
  { weight: 2, arbitrary: placeAnew },
  { weight: 2, arbitrary: retitle },
  { weight: 1, arbitrary: damage },
  { weight: 2, arbitrary: unlink },
  { weight: 1, arbitrary: placeAnother },
  { weight: 2, arbitrary: age },
  { weight: 1, arbitrary: removeShard },
  { weight: 1, arbitrary: spoilIndex },
  { weight: 5, arbitrary: list },
);

describe('list', () => {
  it('says what the files say, whatever happened to them and to the index', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 5, maxLength: 60, size: 'max' }),
        list,
        async (steps, last) => {
          const directory = freshDirectory();
          const world: World = { directory, store: openExample(directory), model: new Map() };
          mkdirSync(directory);
          for (const take of [...steps, last]) await take(world);
        },
      ),
      { numRuns: 60 },
    );
  });
});
