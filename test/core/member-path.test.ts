import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { Failure } from '../../src/core/errors.ts';
import { assign, remove } from '../../src/core/member-path.ts';
import { parseAssignment, parsePath, showPath } from '../../src/core/path.ts';
import { id, nullish, object, optional } from '../../src/core/schema/build.ts';

const schema = object({
  name: optional(z.string()),
  title: nullish(z.string()),
  id: optional(id()),
  count: optional(z.number()),
  items: optional(z.array(object({ role: z.string() }))),
  metadata: optional(z.record(z.string(), z.string())),
});

describe('paths', () => {
  it.each([
    ['metadata.topic', ['metadata', 'topic']],
    [String.raw`metadata.a\.b`, ['metadata', 'a.b']],
    ['/metadata/a.b', ['metadata', 'a.b']],
    ['/a~1b/~0', ['a/b', '~']],
    ['items.0.role', ['items', '0', 'role']],
  ])('reads %s', (text, steps) => expect(parsePath(text)).toEqual(steps));

  it.each(['', 'a..b', '.a'])('refuses %j', (text) => expect(() => parsePath(text)).toThrow(Failure));

  it('cuts an assignment at the first equals sign', () => {
    expect(parseAssignment('a.b=c=d', '--set')).toEqual({ path: ['a', 'b'], value: 'c=d' });
    expect(() => parseAssignment('a.b', '--set')).toThrow('--set takes <path>=<value>');
  });

  it('are shown dotted where that is unambiguous', () => {
    expect(showPath(['items', 0, 'role'])).toBe('items.0.role');
    expect(showPath(['metadata', 'a.b'])).toBe('/metadata/a.b');
  });
});

describe('assign', () => {
  it.each([
    ['name', '42', { name: '42' }],
    ['title', 'null', { title: null }],
    ['name', 'null', { name: 'null' }],
    ['count', '42', { count: 42 }],
    ['id', '42', { id: '42' }],
    ['metadata.topic', 'true', { metadata: { topic: 'true' } }],
    ['unknown', '{"a":1}', { unknown: { a: 1 } }],
    ['unknown', 'plain words', { unknown: 'plain words' }],
    ['items.0.role', '7', { items: [{ role: '7' }] }],
    ['__proto__', 'x', JSON.parse('{"__proto__":"x"}')],
  ])('sets %s to %s by what the schema has there', (path, text, expected) => {
    expect(assign({}, parsePath(path), text, schema)).toEqual(expected);
  });

  it('makes copies, and leaves what it does not touch alone', () => {
    const before = { metadata: { a: '1' }, items: [{ role: 'user' }] };
    const after = assign(before, ['metadata', 'b'], '2', schema);
    expect(before).toEqual({ metadata: { a: '1' }, items: [{ role: 'user' }] });
    expect(after['items']).toBe(before.items);
    expect(after['metadata']).toEqual({ a: '1', b: '2' });
  });

  it('refuses a way through something without members', () => {
    expect(() => assign({ name: 'x' }, ['name', 'first'], 'y', schema)).toThrow('name has no member "first"');
    expect(() => assign({ items: [] }, ['items', '3', 'role'], 'y', schema)).toThrow('no member "3"');
  });
});

describe('remove', () => {
  it('takes a member or an element out, and nothing where there is none', () => {
    const document = { a: { b: 1, c: 2 }, list: [1, 2, 3] };
    expect(remove(document, ['a', 'b'])).toEqual({ a: { c: 2 }, list: [1, 2, 3] });
    expect(remove(document, ['list', '1'])).toEqual({ a: { b: 1, c: 2 }, list: [1, 3] });
    expect(remove(document, ['x', 'y'])).toBe(document);
  });
});
