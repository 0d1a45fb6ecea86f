import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Kind } from '../../src/core/format.ts';
import { isObject, type JsonValue } from '../../src/core/json.ts';
import type { Schema } from '../../src/core/schema/build.ts';
import { isValid } from '../../src/core/schema/problems.ts';
import { formats } from '../../src/formats/index.ts';
import { displayWidth } from '../../src/output/width.ts';
import { arbitraryDocument } from '../support/arbitrary.ts';
import { fakeContext } from '../support/world.ts';

const kinds: readonly Kind[] = ['record', 'request'];
const all = await Promise.all(formats.map(async (info) => ({ info, format: await info.load() })));
const schemas = all.flatMap(({ info, format }) =>
  kinds.flatMap((kind): [name: string, kind: Kind, schema: Schema][] => {
    const build = kind === 'record' ? format.record : format.request;
    return build ? [[info.name, kind, build()]] : [];
  }),
);

interface Ajv {
  readonly compile: (schema: unknown) => (value: JsonValue) => boolean;
}

/** The validator that conf brings along. */
function openAjv(): Ajv {
  const fromHere = createRequire(import.meta.url);
  const { default: Ajv2020 }: { default: new (options: object) => Ajv } = createRequire(
    fromHere.resolve('conf'),
  )('ajv/dist/2020.js');
  return new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: false });
}

async function jsonSchemaOf(name: string, ...flags: readonly string[]): Promise<Record<string, unknown>> {
  const world = fakeContext();
  expect(await world.run('schema', name, '-o', 'json', ...flags)).toBe(0);
  expect(world.stderr()).toBe('');
  const schema: Record<string, unknown> = JSON.parse(world.stdout());
  return schema;
}

async function table(...words: readonly string[]): Promise<string> {
  const world = fakeContext();
  expect(await world.run('schema', ...words, '-o', 'table')).toBe(0);
  return world.stdout();
}

describe('schema', () => {
  it('lists the formats and what each has', async () => {
    const lines = (await table()).split('\n');
    expect(lines[0]).toMatch(/^NAME +ALIASES +HAS +SUMMARY +DOCUMENTATION$/);
    expect(lines.find((line) => line.startsWith('looker@26.10'))).toMatch(
      / looker +record, request, errors /,
    );
    expect(lines.find((line) => line.startsWith('syllable'))).toMatch(/ record, errors +Syllable /);
    const world = fakeContext();
    await world.run('schema');
    const rows: unknown = JSON.parse(world.stdout());
    expect(rows).toEqual(formats.map(({ name }) => expect.objectContaining({ name })));
  });

  it('shows fields with type, need and meaning, and each variant by itself', async () => {
    const lines = (await table('openai', '--request')).split('\n');
    expect(lines.find((line) => line.startsWith('metadata'))).toMatch(
      /^metadata +map to string, ≤ 512 characters; ≤ 16 pairs \| null +no +Free key-value pairs/,
    );
    const at = lines.indexOf('items[] (function_call)');
    expect(lines[at + 1]).toMatch(/^NAME +TYPE +REQUIRED +MEANING$/);
    expect(lines.slice(at)).toContainEqual(
      expect.stringMatching(/^call_id +string, 1 to 64 characters +yes /),
    );
  });

  it('shows the fields at a path alone', async () => {
    const shown = await table('openai', '--at', 'items.message.content.input_text');
    expect(shown).toMatch(/^items\[\] \(message\) content\[\] \(input_text\)\n/);
    expect(await table('orq', '--at', 'documented.metadata')).toMatch(/metadata\.model/);
    const world = fakeContext();
    expect(await world.run('schema', 'openai', '--at', 'itmes', '-o', 'table')).toBe(2);
    expect(await world.run('schema', 'openai', '--at', 'items')).toBe(2);
    expect(world.stderr()).toContain('--at has no effect on JSON Schema');
  });

  it.each([40, 80, 130, 200])('cuts nothing on a terminal of %d columns', async (columns) => {
    const world = fakeContext({ isTTY: true, columns, environment: { NO_COLOR: '1' } });
    for (const { info } of all) expect(await world.run('schema', info.name)).toBe(0);
    const lines = world.stdout().split('\n');
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(columns);
    expect(world.stdout()).not.toContain('…');
  });

  it('shows the errors that a system documents', async () => {
    expect(await table('openai', '--errors')).toMatch(/^400, 401, 403, 404, 429, 500\nNAME/);
    const { $defs, anyOf } = await jsonSchemaOf('looker', '--errors');
    expect(Object.keys(isObject($defs) ? $defs : {})).toEqual(['400', '404', '409', '422', '429']);
    expect(anyOf).toContainEqual({ $ref: '#/$defs/422' });
    expect(await fakeContext().run('schema', 'convo', '--errors')).toBe(6);
  });

  it('says why there is no request', async () => {
    const world = fakeContext();
    expect(await world.run('schema', 'syllable', '--request')).toBe(6);
    expect(world.stderr()).toMatch(/^convo: Syllable has no request: .+\n/);
  });

  it('names the nearest format, and wants one where a flag needs it', async () => {
    const world = fakeContext();
    expect(await world.run('schema', 'lokker')).toBe(2);
    expect(world.stderr()).toContain('did you mean looker?');
    expect(await world.run('schema', '--request')).toBe(2);
    expect(world.stderr()).toContain('--request needs a format');
  });
});

describe('JSON Schema', () => {
  it.each(schemas)('of %s (%s) accepts every valid document', async (name, kind, schema) => {
    const check = openAjv().compile(await jsonSchemaOf(name, ...(kind === 'request' ? ['--request'] : [])));
    fc.assert(
      fc.property(arbitraryDocument(schema), (document) => {
        expect(check(document)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['openai', 'record', { id: 'a', object: 'conversation', created_at: '1', metadata: {} }],
    ['openai', 'record', { id: 'a', object: 'conversaton', created_at: 1, metadata: {} }],
    ['openai', 'record', { id: 'a', object: 'conversation', created_at: 1 }],
    [
      'openai',
      'record',
      { id: 'a', object: 'conversation', created_at: 1, metadata: {}, items: [{ type: 'message' }] },
    ],
    ['openai', 'request', { metadata: { topic: 5 } }],
    ['openai', 'request', { metadata: { topic: 'x'.repeat(513) } }],
    [
      'openai',
      'request',
      { metadata: Object.fromEntries(Array.from({ length: 17 }, (_, at) => [`key${at}`, 'x'])) },
    ],
    ['openai', 'request', { items: [{ type: 'function_call', call_id: '', name: 'f', arguments: '' }] }],
    [
      'orq',
      'record',
      { kind: 'conversation', entity_id: 'e', display_name: 1, created_at: 1, updated_at: 1 },
    ],
    ['orq', 'request', { displayName: 'x'.repeat(101), projectId: 'p' }],
    ['looker', 'request', { messages: [] }],
    ['looker', 'record', { name: 7 }],
    ['syllable', 'record', { conversation_id: 'a', timestamp: 'today' }],
    ['convo', 'record', { convo: 2 }],
    ['convo', 'record', { convo: 1, messages: [{ parts: [{ type: 'text' }] }] }],
    ['convo', 'record', { convo: 1, messages: [{ parts: [{ text: 'x' }] }] }],
  ] satisfies [string, Kind, JsonValue][])('of %s (%s) refuses %j', async (name, kind, document) => {
    const found = all.find(({ info }) => info.name === name || info.aliases.includes(name));
    const build = kind === 'record' ? found?.format.record : found?.format.request;
    expect(build && isValid(build(), document)).toBe(false);
    const check = openAjv().compile(await jsonSchemaOf(name, ...(kind === 'request' ? ['--request'] : [])));
    expect(check(document)).toBe(false);
  });

  it('says what it is, and what each field is for', async () => {
    const schema = await jsonSchemaOf('openai');
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'urn:convo:openai:record',
      required: ['id', 'object', 'created_at', 'metadata'],
      properties: {
        id: {
          readOnly: true,
          description: expect.stringContaining('Id'),
          anyOf: [{ type: 'string' }, { type: 'integer' }],
        },
        items: { type: ['array', 'null'] },
      },
    });
  });

  it('keeps open what is open: other words and other variants', async () => {
    const check = openAjv().compile(await jsonSchemaOf('convo'));
    expect(
      check({ convo: 1, messages: [{ role: 'narrator', parts: [{ type: 'hologram' }] }], later: true }),
    ).toBe(true);
  });

  it('of errors is accepted by a validator', async () => {
    for (const { info, format } of all.filter((each) => each.format.errors)) {
      const check = openAjv().compile(await jsonSchemaOf(info.name, '--errors'));
      const [first] = Object.values(format.errors ?? {});
      if (first)
        fc.assert(
          fc.property(arbitraryDocument(first()), (body) => check(body)),
          { numRuns: 20 },
        );
    }
  });
});
