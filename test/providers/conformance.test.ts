import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Document } from '../../src/core/document.ts';
import { Failure, type FailureCode } from '../../src/core/errors.ts';
import { isObject, type JsonObject, member } from '../../src/core/json.ts';
import { infoOf } from '../../src/formats/index.ts';
import type { Listed, Located, Operation, Provider } from '../../src/providers/provider.ts';
import { TOKEN } from '../serve/desk.ts';
import { type Kind, kinds, type Opened, openKind } from './places.ts';

const PLANTED = 'planted-key-of-nobody';

describe.each(kinds)('the provider $name', (kind) => {
  it('gives a reason for what it cannot do, and none for what it can', async () => {
    const { provider } = await openKind(kind);
    const operations: Record<Operation, unknown> = {
      create: provider.create,
      show: provider.show,
      list: provider.list,
      update: provider.update,
      append: provider.append,
      delete: provider.remove,
    };
    for (const [operation, present] of Object.entries(operations)) {
      const reasons = new Map(Object.entries(provider.cannot));
      expect(reasons.has(operation), operation).toBe(present === undefined);
    }
  });

  it('has nothing of an id that nobody gave', async () => {
    const { provider } = await openKind(kind);
    for (const id of ['conv_none', 'a b/ü?#%', '..', '12345']) {
      expect(await provider.show?.(id), id).toBeUndefined();
      expect((await provider.remove?.(id, { dryRun: false })) ?? false, id).toBe(false);
    }
  });

  it('lists nothing where nothing is', async () => {
    const { provider } = await openKind(kind);
    expect(await rowsOf(provider)).toEqual([]);
  });
});

const creating = kinds.filter(({ request }) => Object.keys(request).length > 0);

describe.each(creating)('a creation at $name', (kind) => {
  it('tells the id as soon as it is known, and waits before it goes on', async () => {
    const { provider, seen } = await openKind(kind);
    if (!provider.plan) return expect(provider.keep).toBeDefined();
    const told: string[] = [];
    const located = await provider.create?.(await documentOf(kind), {
      newId: false,
      dryRun: false,
      async onCreated(id) {
        const before = seen.length;
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
        expect(seen).toHaveLength(before);
        told.push(id);
      },
    });
    expect(told).toEqual([located?.id]);
  });

  it('that is whole is finished with nothing, and one that is not there is not', async () => {
    const { provider } = await openKind(kind);
    if (!provider.finish) return;
    const document = await documentOf(kind);
    const made = await create(provider, kind);
    const before = await provider.show?.(made.id);
    expect((await provider.finish(made.id, document))?.id).toBe(made.id);
    expect(await provider.show?.(made.id)).toEqual(before);
    expect(await provider.finish('conv_none', document)).toBeUndefined();
  });

  it('is found by what was sent, where it can be, and not by what was sent before', async () => {
    const { provider, now } = await openKind(kind);
    if (!provider.findCreated) return expect(provider.trace).toBeUndefined();
    const trace = await provider.trace?.(await documentOf(kind));
    const since = new Date(now()).toISOString();
    expect(await provider.findCreated(trace ?? {}, since)).toEqual([]);
    const { id } = await create(provider, kind);
    expect(await provider.findCreated(trace ?? {}, since)).toEqual([id]);
    // A server tells the time to the second: two seconds of doubt, and one for what it has been.
    const later = new Date(Date.parse(since) + 60_000).toISOString();
    expect(await provider.findCreated(trace ?? {}, later)).toEqual([]);
  });

  it('is found by nobody who cannot place it in time, as the system does not say what time it is', async () => {
    const { provider, now } = await openKind(kind, { withoutDate: true });
    if (!provider.findCreated) return;
    const trace = await provider.trace?.(await documentOf(kind));
    const since = new Date(now()).toISOString();
    expect(await provider.findCreated(trace ?? {}, since)).toEqual([]);
    await create(provider, kind);
    expect(await provider.findCreated(trace ?? {}, since)).toBeUndefined();
  });
});

describe.each(creating)('a conversation made at $name', (kind) => {
  it('is there as it was returned, and in the list', async () => {
    const { provider } = await openKind(kind);
    const made = await create(provider, kind);
    expect(made.id).not.toBe('');
    const shown = await provider.show?.(made.id);
    expect(shown?.id).toBe(made.id);
    expect(shown?.format).toBe(made.format);
    expect(shown?.record).toEqual({ ...shown?.record, ...made.record });
    const rows = await rowsOf(provider);
    expect(rows.map(({ summary }) => [summary.id, summary.title])).toEqual([[made.id, 'Demo']]);
    expect((await rows[0]?.load())?.record).toEqual(shown?.record);
  });

  it('is one of several in the order asked for, as many as asked for', async () => {
    const { provider } = await openKind(kind);
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) ids.push((await create(provider, kind)).id);
    for (const order of ['asc', 'desc'] as const) {
      const rows = await rowsOf(provider, order);
      expect(rows.map(({ summary }) => summary.id).toSorted()).toEqual(ids.toSorted());
      const times = rows.map(({ summary }) => Date.parse(summary.created_at ?? ''));
      const sorted = times.toSorted((left, right) => left - right);
      expect(times).toEqual(order === 'asc' ? sorted : sorted.toReversed());
    }
  });

  it('is gone once it is deleted', async () => {
    const { provider } = await openKind(kind);
    const { id } = await create(provider, kind);
    expect(await provider.remove?.(id, { dryRun: false, items: true })).toBe(true);
    expect(await provider.show?.(id)).toBeUndefined();
    expect(await provider.remove?.(id, { dryRun: false })).toBe(false);
    expect(await rowsOf(provider)).toEqual([]);
  });

  it('can be given another title, and nothing else of it changes', async () => {
    const { provider } = await openKind(kind);
    const before = await provider.show?.((await create(provider, kind)).id);
    if (!before) throw new Error('it was made');
    const title = titleOf(before.record, kind);
    const after = await provider.update?.(
      before.id,
      async ({ record }) => withTitle(record, kind, 'Demo again'),
      { dryRun: false },
    );
    expect(after && titleOf(after.record, kind)).toBe('Demo again');
    const shown = await provider.show?.(before.id);
    expect(shown && withoutTimes(withTitle(shown.record, kind, title))).toEqual(withoutTimes(before.record));
  });

  it('cannot be changed where there is none', async () => {
    const { provider } = await openKind(kind);
    await expect(
      provider.update?.('conv_none', async ({ record }) => record, { dryRun: false }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  it('takes 45 more messages, in their order', async () => {
    const { provider } = await openKind(kind);
    if (!provider.append) return expect(provider.cannot.append).toBeTypeOf('string');
    const { id, format } = await create(provider, kind);
    const key = infoOf(format).messagesKey;
    const [first] = listIn(kind.request, key);
    const more = Array.from({ length: 45 }, (_, index) => renamed(first ?? {}, `Hello ${index}`));
    const after = await provider.append(id, async () => more, { dryRun: false });
    expect(after.id).toBe(id);
    const shown = await provider.show?.(id);
    const texts = listIn(shown?.record ?? {}, key).map(
      (each) => /Hello(?: \d+)?/.exec(JSON.stringify(each))?.[0],
    );
    expect(texts).toEqual(['Hello', ...more.map((_, index) => `Hello ${index}`)]);
  });
});

const remote = creating.filter(({ system }) => system !== 'local');

describe.each(remote)('a write to $name', (kind) => {
  it('is planned as it is sent', async () => {
    const { provider, seen } = await openKind(kind);
    const plan = await provider.plan?.create?.(await documentOf(kind));
    expect(seen).toEqual([]);
    const { id } = await create(provider, kind);
    const sent = seen
      .filter(({ method, target }) => method !== 'GET' && !target.endsWith('/login'))
      .map(({ method, target, body }) => ({ method, target, body: JSON.parse(body) }));
    const planned = plan?.map(({ method, url, body }) => {
      const { pathname, search } = new URL(url.replaceAll('{id}', id));
      return { method, target: pathname + search, body };
    });
    expect(planned).toEqual(sent);
    expect(JSON.stringify(plan)).not.toContain(TOKEN);
  });

  it('needs no key for its plan', async () => {
    const { provider, seen } = await openKind(kind, { key: '' });
    const edit = async ({ record }: Located): Promise<JsonObject> => withTitle(record, kind, 'Other');
    expect((await provider.plan?.create?.(await documentOf(kind)))?.length).toBeGreaterThan(0);
    expect((await provider.plan?.update?.('conv_1', edit))?.length).toBeGreaterThan(0);
    expect((await provider.plan?.remove?.('conv_1', { dryRun: true }))?.length).toBeGreaterThan(0);
    expect(seen).toEqual([]);
    await expect(create(provider, kind)).rejects.toMatchObject({ code: 'not_authenticated' });
  });

  const weather: readonly {
    readonly fault: string;
    readonly ends: FailureCode | 'well';
    /** Conversations there afterwards. */
    readonly made: number;
  }[] = [
    { fault: 'status=429,retry-after-ms=5,first=2', ends: 'well', made: 1 },
    { fault: 'status=429,retry-after=0,first=1', ends: 'well', made: 1 },
    { fault: 'status=429,retry-after=3600', ends: 'unavailable', made: 0 },
    { fault: 'status=500', ends: 'outcome_unknown', made: 0 },
    { fault: 'status=500,at=after', ends: 'outcome_unknown', made: 1 },
    { fault: 'status=503,at=after,first=1', ends: 'outcome_unknown', made: 1 },
    { fault: 'cut', ends: 'outcome_unknown', made: 0 },
    { fault: 'cut,at=after', ends: 'outcome_unknown', made: 1 },
    { fault: 'body=truncated', ends: 'outcome_unknown', made: 1 },
    { fault: 'body=text', ends: 'outcome_unknown', made: 1 },
    { fault: 'body=empty', ends: 'outcome_unknown', made: 1 },
    { fault: 'delay=2s,at=after', ends: 'outcome_unknown', made: 1 },
    { fault: 'status=401', ends: 'not_authenticated', made: 0 },
    { fault: 'status=403', ends: 'not_allowed', made: 0 },
    { fault: 'status=409', ends: 'conflict', made: 0 },
  ];

  it.each(weather)('$fault ends $ends, with $made made', async ({ fault, ends, made }) => {
    const faults = [`${fault},method=POST,path=${kind.creation}`];
    const opened = await openKind(kind, { faults, settings: { timeout: 0.3 } });
    const outcome = await create(opened.provider, kind).then(() => 'well' as const, codeOf);
    expect(outcome).toBe(ends);
    await expectMade(opened, made);
  });

  it('goes to no other address, and its key neither', async () => {
    const visits: string[] = [];
    const other = createHttpServer((request, response) => {
      visits.push(JSON.stringify(request.headers));
      response.end('{}');
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    onTestFinished(() => void other.close());
    const { port } = addressOf(other.address());
    const opened = await openKind(kind, { faults: [`redirect=http://127.0.0.1:${port}`] });
    await expect(create(opened.provider, kind)).rejects.toMatchObject({ code: 'unavailable' });
    expect(visits).toEqual([]);
    await expectMade(opened, 0);
  });
});

const remoteKinds = kinds.filter(({ system }) => system !== 'local');

describe.each(remoteKinds)('reading from $name', (kind) => {
  it.each([
    'status=500,first=1',
    'status=429,retry-after-ms=5,first=2',
    'cut,first=1',
    'body=truncated,first=1',
  ])('%s is overcome', async (fault) => {
    const { provider } = await openKind(kind, { faults: [`${fault},method=GET`] });
    expect(await provider.show?.('12345')).toBeUndefined();
  });

  it.each([
    ['status=500', 'unavailable'],
    ['cut', 'unavailable'],
    ['body=text', 'unavailable'],
    ['body=empty', 'unavailable'],
    ['status=403', 'not_allowed'],
    ['status=401', 'not_authenticated'],
  ])('%s is %s', async (fault, code) => {
    const { provider } = await openKind(kind, { faults: [`${fault},method=GET`], settings: { retries: 0 } });
    await expect(provider.show?.('12345')).rejects.toMatchObject({ code });
  });

  it('a key that is wrong is said to be, and nowhere repeated', async () => {
    const opened = await openKind(kind, { key: PLANTED });
    const failure = await Promise.resolve(opened.provider.show?.('12345')).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({ code: 'not_authenticated' });
    expect(opened.exchanges.length).toBeGreaterThan(0);
    const told = JSON.stringify([opened.exchanges, opened.warnings, tellAll(failure)]);
    expect(told).not.toContain(PLANTED);
  });

  it('a server that is not there is unavailable', async () => {
    const { provider: gone } = await openKind(kind, {
      settings: { url: 'http://127.0.0.1:1', retries: 0 },
    });
    await expect(gone.show?.('12345')).rejects.toMatchObject({ code: 'unavailable' });
  });
});

async function documentOf({ system, request }: Kind): Promise<Document> {
  const info = infoOf(system === 'local' ? 'convo' : system === 'looker' ? 'looker@26.10' : system);
  const value = system === 'local' ? { convo: 1, ...request } : request;
  return { format: await info.load(), kind: 'request', value };
}

async function create(place: Provider, kind: Kind): Promise<Located> {
  if (!place.create) throw new Error(`${place.name} cannot create`);
  return place.create(await documentOf(kind), { newId: false, dryRun: false });
}

async function rowsOf(place: Provider, order: 'asc' | 'desc' = 'desc'): Promise<Listed[]> {
  const rows: Listed[] = [];
  const query = { sort: 'created', order, warn: () => undefined } as const;
  for await (const row of place.list?.(query) ?? []) rows.push(row);
  return rows;
}

/** Where each system has its title. */
const titles: Readonly<Record<Kind['system'], readonly string[]>> = {
  local: ['title'],
  openai: ['metadata', 'title'],
  orq: ['displayName'],
  looker: ['name'],
  syllable: [],
};

function titleOf(record: JsonObject, { system }: Kind): unknown {
  const [first = '', second] = titles[system];
  const value = member(record, first);
  return second === undefined ? value : isObject(value) ? member(value, second) : undefined;
}

function withTitle(record: JsonObject, { system }: Kind, title: unknown): JsonObject {
  const [first = '', second] = titles[system];
  const text = String(title);
  if (second === undefined) return { ...record, [first]: text };
  const inner = member(record, first);
  return { ...record, [first]: { ...(isObject(inner) ? inner : {}), [second]: text } };
}

function withoutTimes(record: JsonObject): JsonObject {
  const { updated_at: _one, updatedAt: _other, ...others } = record;
  return others;
}

function listIn(record: JsonObject, key: string): JsonObject[] {
  const list = member(record, key);
  return Array.isArray(list) ? list.filter(isObject) : [];
}

function renamed(message: JsonObject, text: string): JsonObject {
  const copy: JsonObject = JSON.parse(JSON.stringify(message).replace('Hello', text));
  return copy;
}

async function expectMade({ served }: Opened, count: number): Promise<void> {
  const ids: string[] = [];
  const query = { sort: 'created', order: 'asc', damaged: () => undefined } as const;
  for await (const { id } of served?.store.list(query) ?? []) ids.push(id);
  expect(ids).toHaveLength(count);
}

function codeOf(error: unknown): FailureCode {
  if (error instanceof Failure) return error.code;
  throw error;
}

/** All that could be printed of a failure, its causes' stacks too. */
function tellAll(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const details = error instanceof Failure ? [JSON.stringify(error.details)] : [];
  return [error.message, error.stack ?? '', ...details, ...tellAll(error.cause)];
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (typeof address !== 'object' || address === null) throw new Error('the server does not listen');
  return address;
}
