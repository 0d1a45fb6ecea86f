import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Asked, chooser } from '../../src/serve/faults/choice.ts';
import { parseFault } from '../../src/serve/faults/parse.ts';

const GET: Asked = { system: 'openai', method: 'GET', path: '/conversations' };

/** Which of so many requests fire, counted from 1. */
function fired(rule: string, requests: number): number[] {
  const choose = chooser([parseFault(rule)]);
  return Array.from({ length: requests }, (_, index) => index + 1).filter(() => choose(GET) !== undefined);
}

function isAbout(rule: string, asked: Partial<Asked>): boolean {
  return chooser([parseFault(rule)])({ ...GET, ...asked }) !== undefined;
}

describe('of the requests a rule is about', () => {
  it.each([
    ['cut', [1, 2, 3, 4, 5, 6]],
    ['cut,nth=3', [3]],
    ['cut,first=2', [1, 2]],
    ['cut,every=2', [2, 4, 6]],
    ['cut,share=0.5', [2, 4, 6]],
    ['cut,share=1', [1, 2, 3, 4, 5, 6]],
  ])('%s takes some', (rule, expected) => {
    expect(fired(rule, 6)).toEqual(expected);
  });

  it('a share takes exactly its part of however many there were, rounded down', () => {
    const share = fc
      .integer({ min: 1, max: 6 })
      .chain((digits) => fc.tuple(fc.integer({ min: 1, max: 10 ** digits - 1 }), fc.constant(digits)));
    fc.assert(
      fc.property(share, fc.integer({ min: 0, max: 400 }), ([parts, digits], requests) => {
        const count = fired(`cut,share=0.${String(parts).padStart(digits, '0')}`, requests).length;
        expect(count).toBe(Number((BigInt(requests) * BigInt(parts)) / 10n ** BigInt(digits)));
      }),
    );
  });

  it('a share that no double says exactly is exact all the same', () => {
    expect(fired('cut,share=0.29', 100)).toHaveLength(29);
    expect(fired('cut,share=0.1', 10)).toEqual([10]);
  });
});

describe('a rule is about', () => {
  it('one system', () => {
    expect(isAbout('cut,system=openai', {})).toBe(true);
    expect(isAbout('cut,system=openai', { system: 'orq' })).toBe(false);
  });

  it('one method', () => {
    expect(isAbout('cut,method=POST', { method: 'POST' })).toBe(true);
    expect(isAbout('cut,method=POST', {})).toBe(false);
  });

  it('writes alone if it locks', () => {
    for (const method of ['POST', 'PATCH', 'DELETE']) expect(isAbout('lock', { method })).toBe(true);
    for (const method of ['GET', 'HEAD']) expect(isAbout('lock', { method })).toBe(false);
  });

  it.each([
    ['/conversations', '/conversations', true],
    ['/conversations', '/conversations/1', false],
    ['/conversations/*', '/conversations/1', true],
    ['/conversations/*', '/conversations/1/items', false],
    ['/conversations/*', '/conversations', false],
    ['/conversations/**', '/conversations/1/items', true],
    ['/conversations/*/items', '/conversations/1/items', true],
    ['/*/items', '/conversations/1/items', false],
    ['**/items', '/conversations/1/items', true],
    ['**', '/', true],
    ['/a.c', '/abc', false],
    ['/(a+)$', '/(a+)$', true],
  ])('paths such as %s: of %s it is %s', (glob, path, expected) => {
    expect(isAbout(`cut,path=${glob}`, { path })).toBe(expected);
  });
});

describe('of several rules', () => {
  it('the first that fires wins, and the others count all the same', () => {
    const choose = chooser(['status=500,nth=2', 'status=503,every=2', 'cut,nth=3'].map(parseFault));
    const texts = Array.from({ length: 4 }, () => choose(GET)?.text);
    expect(texts).toEqual([undefined, 'status=500,nth=2', 'cut,nth=3', 'status=503,every=2']);
  });

  it('each counts only what it is about, over all systems', () => {
    const choose = chooser([parseFault('cut,method=POST,nth=2')]);
    const asked: readonly Asked[] = [
      { ...GET, method: 'POST' },
      GET,
      { ...GET, method: 'POST', system: 'looker' },
    ];
    expect(asked.map((each) => choose(each)?.text)).toEqual([undefined, undefined, 'cut,method=POST,nth=2']);
  });
});
