import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locate } from '../../../src/core/json/locate.ts';
import { isObject, type JsonPath, type JsonValue, valueAt } from '../../../src/core/json.ts';

function shown(text: string, path: JsonPath, start = 0) {
  const [place] = locate(text, start, [path]);
  const cut = (span?: { start: number; end: number }) => span && text.slice(span.start, span.end);
  return { key: cut(place?.key), value: cut(place?.value), missing: place?.missing };
}

const text =
  ' {"id" : "x", "a\\u002Fb":[ 1 , {"k":"]}"},[true ]] ,"o":{"a":{}, "b":-1.5e3},"__proto__":{"n":null}, "e":""}';

describe('locate', { timeout: 60_000 }, () => {
  it.each<[JsonPath, string | undefined, string]>([
    [['id'], '"id"', '"x"'],
    [['a/b'], '"a\\u002Fb"', '[ 1 , {"k":"]}"},[true ]]'],
    [['a/b', 0], undefined, '1'],
    [['a/b', '1'], undefined, '{"k":"]}"}'],
    [['a/b', 1, 'k'], '"k"', '"]}"'],
    [['a/b', 2, 0], undefined, 'true'],
    [['o', 'b'], '"b"', '-1.5e3'],
    [['__proto__', 'n'], '"n"', 'null'],
    [['e'], '"e"', '""'],
  ])('finds %j', (path, key, value) => {
    expect(shown(text, path)).toStrictEqual({ key, value, missing: undefined });
  });

  it.each<[JsonPath, string]>([
    [['o', 'c'], '{"a":{}, "b":-1.5e3}'],
    [['o', 'c', 'd', 0], '{"a":{}, "b":-1.5e3}'],
    [['id', 'length'], '"x"'],
    [['a/b', 3], '[ 1 , {"k":"]}"},[true ]]'],
    [['a/b', '01'], '[ 1 , {"k":"]}"},[true ]]'],
    [['a/b', 'length'], '[ 1 , {"k":"]}"},[true ]]'],
    [['a/b', 2, 0, 'x'], 'true'],
    [['o', 'a', 'toString'], '{}'],
  ])('points to the nearest ancestor of the missing %j', (path, value) => {
    expect(shown(text, path)).toStrictEqual({ key: undefined, value, missing: true });
  });

  it('finds the root, and begins where it is told', () => {
    expect(shown(' [1] ', [])).toStrictEqual({ key: undefined, value: '[1]', missing: undefined });
    expect(shown('{"a":1}\n{"a":22} {"a":3}', ['a'], 8)).toStrictEqual({
      key: '"a"',
      value: '22',
      missing: undefined,
    });
    expect(shown('12', ['a'])).toStrictEqual({ key: undefined, value: '12', missing: true });
  });

  it('keeps the order of the paths, repeated ones too', () => {
    const paths: JsonPath[] = [['e'], ['id'], [], ['o', 'z'], ['id'], ['o']];
    expect(
      locate(text, 0, paths).map(({ key, missing }) => [key && text.slice(key.start, key.end), missing]),
    ).toStrictEqual([
      ['"e"', undefined],
      ['"id"', undefined],
      [undefined, undefined],
      [undefined, true],
      ['"id"', undefined],
      ['"o"', undefined],
    ]);
    expect(locate('{}', 0, [])).toStrictEqual([]);
  });

  it('finds every value of any document, and what is missing', () => {
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 5 }),
        fc.constantFrom(0, 3),
        fc.array(fc.array(fc.constantFrom('a', '', 0, 1, 'x y', '__proto__'), { maxLength: 4 }), {
          maxLength: 4,
        }),
        (json, indent, others) => {
          const document: JsonValue = JSON.parse(json);
          const pretty = `\n ${JSON.stringify(document, null, indent)} `;
          const paths: JsonPath[] = [...pathsIn(document), ...others];
          const places = locate(pretty, 0, paths);
          for (const [index, path] of paths.entries()) {
            const place = places[index];
            const existing = existingPart(document, path);
            expect(place?.missing).toBe(existing.length < path.length ? true : undefined);
            const { start = 0, end = 0 } = place?.value ?? {};
            expect(JSON.parse(pretty.slice(start, end))).toStrictEqual(valueAt(document, existing));
            const parent = path.length > 0 ? valueAt(document, path.slice(0, -1)) : undefined;
            const { key } = place ?? {};
            if (place?.missing || !isObject(parent)) expect(key).toBeUndefined();
            else expect(key && JSON.parse(pretty.slice(key.start, key.end))).toBe(String(path.at(-1)));
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('goes through a big document once, however many paths there are', () => {
    const big = JSON.stringify(
      Array.from({ length: 100_000 }, (_, index) => ({ id: index, text: 'some text here' })),
      null,
      1,
    );
    const paths = Array.from({ length: 10_000 }, (_, index): JsonPath => [index * 10, 'id']);
    const places = locate(big, 0, paths);
    const { start = 0, end = 0 } = places[9_999]?.value ?? {};
    expect(big.slice(start, end)).toBe('99990');
  });
});

function pathsIn(value: JsonValue): JsonPath[] {
  if (Array.isArray(value))
    return [[], ...value.flatMap((item, index) => pathsIn(item).map((path) => [index, ...path]))];
  if (isObject(value))
    return [
      [],
      ...Object.entries(value).flatMap(([key, item]) => pathsIn(item).map((path) => [key, ...path])),
    ];
  return [[]];
}

/** The longest beginning of `path` that the document has. */
function existingPart(document: JsonValue, path: JsonPath): JsonPath {
  for (let length = path.length; length > 0; length--) {
    if (valueAt(document, path.slice(0, length)) !== undefined) return path.slice(0, length);
  }
  return [];
}
