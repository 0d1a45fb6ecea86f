import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/core/errors.ts';
import { FAULT_HELP } from '../../src/serve/faults/help.ts';
import { parseFault } from '../../src/serve/faults/parse.ts';

function failureOf(rule: string): Failure {
  try {
    parseFault(rule);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error(`${rule} was taken`);
}

describe('a rule', () => {
  it('that only says what happens is about every request', () => {
    expect(parseFault('cut')).toEqual({
      text: 'cut',
      system: undefined,
      method: undefined,
      path: undefined,
      which: { kind: 'all' },
      delay: undefined,
      action: { kind: 'cut' },
      at: 'before',
    });
  });

  it('may have every selector, and spaces after its commas', () => {
    const rule = parseFault('system=orq@4.1, method=post, path=/v2/*, nth=3, lock, delay=1.5s, at=after');
    expect(rule).toMatchObject({
      system: 'orq@4.1',
      method: 'POST',
      path: '/v2/*',
      which: { kind: 'nth', number: 3 },
      delay: 1500,
      action: { kind: 'lock' },
      at: 'after',
    });
  });

  it.each([
    ['cut,first=2', { kind: 'first', number: 2 }],
    ['cut,every=5', { kind: 'every', number: 5 }],
    ['cut,share=0.25', { kind: 'share', share: { parts: 25, of: 100 } }],
    ['cut,share=.3', { kind: 'share', share: { parts: 3, of: 10 } }],
    ['cut,share=1', { kind: 'share', share: { parts: 1, of: 1 } }],
  ])('%s chooses among the requests', (text, which) => {
    expect(parseFault(text).which).toEqual(which);
  });

  it.each([
    ['status=503', { kind: 'status', status: 503, headers: {} }],
    [
      'status=429,retry-after=2,retry-after-ms=50',
      { kind: 'status', status: 429, headers: { 'retry-after': '2', 'retry-after-ms': '50' } },
    ],
    [
      'retry-after=Wed, 21 Oct 2026 07:28:00 GMT,status=429',
      { kind: 'status', status: 429, headers: { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' } },
    ],
    ['body=truncated', { kind: 'body', body: 'truncated' }],
    ['redirect=http://localhost:8080/', { kind: 'redirect', origin: 'http://localhost:8080' }],
    ['redirect=http://[::1]:81', { kind: 'redirect', origin: 'http://[::1]:81' }],
    ['delay=200ms', undefined],
    ['delay=2s,at=after', undefined],
  ])('%s says what happens', (text, action) => {
    expect(parseFault(text).action).toEqual(action);
  });
});

describe('a rule is refused', () => {
  it.each([
    ['sttaus=429', 'there is no word "sttaus"', 'did you mean status?'],
    ['status=429,metod=GET', 'there is no word "metod"', 'did you mean method?'],
    ['cutt', 'there is no word "cutt"', 'did you mean cut?'],
    ['zzzzzzzz', 'there is no word "zzzzzzzz"', 'the words are cut, lock'],
    ['__proto__=1', 'there is no word "__proto__"', 'the words are'],
    ['system=opnai,cut', 'system takes one of openai, orq', 'did you mean system=openai?'],
    ['method=PSOT,cut', 'method takes one of GET', 'did you mean method=POST?'],
    ['body=truncate', 'body takes one of', 'did you mean body=truncated?'],
    ['cut,at=afer', 'at takes one of before, after, not "afer"', 'did you mean at=after?'],
    ['cut=yes', 'cut takes no value, and "cut=yes" gives it one', 'write cut'],
    ['status', 'status lacks its value', 'write status=…'],
    ['status=', 'status lacks its value', 'write status=…'],
    ['status=200', 'status takes a whole number from 400 to 599, not "200"', undefined],
    ['status=429x', 'status takes a whole number from 400 to 599, not "429x"', undefined],
    ['cut,nth=0', 'nth takes a whole number from 1, not "0"', undefined],
    ['cut,every=1.5', 'every takes a whole number from 1, not "1.5"', undefined],
    ['cut,share=0', 'share takes a number above 0 and up to 1', undefined],
    ['cut,share=0.000', 'share takes a number above 0 and up to 1', undefined],
    ['cut,share=1.1', 'share takes a number above 0 and up to 1', undefined],
    ['cut,path=conversations', 'path takes a path below that of the system', undefined],
    ['delay=200', 'delay takes a time', undefined],
    ['delay=0s', 'delay takes a time', undefined],
    ['delay=2h', 'delay takes a time', undefined],
    ['delay=3601s', 'delay takes a time up to an hour', undefined],
    ['status=429,retry-after=soon', 'retry-after takes whole seconds, or a date', undefined],
    ['status=429,retry-after=Tue, 21 Oct 2026 07:28:00 GMT', 'not "Tue, 21 Oct 2026', undefined],
    ['status=429,retry-after-ms=-1', 'retry-after-ms takes a whole number from 0', undefined],
    ['redirect=elsewhere', 'redirect takes http:// or https://', undefined],
    ['redirect=http://127.0.0.1:9/path', 'redirect takes http:// or https://', undefined],
    ['redirect=http://me@127.0.0.1:9', 'redirect takes http:// or https://', undefined],
    ['redirect=http://127.0.0.1:99999', 'redirect takes http:// or https://', undefined],
    ['cut,status=429', 'status and cut cannot happen together', 'give each a --fault of its own'],
    ['status=429,status=500', 'status is there twice', 'give each rule a --fault of its own'],
    ['cut,nth=1,every=2', 'nth and every both choose among the requests', 'keep one of them'],
    ['cut,first=1,share=0.5', 'first and share both choose', 'keep one of them'],
    ['', 'it says nothing that is to happen', 'add status, cut'],
    ['method=POST', 'it says nothing that is to happen', 'add status, cut'],
    ['cut,', 'there is a comma without a word', 'take the comma out'],
    ['cut,retry-after=1', 'retry-after needs a status', 'add status=429'],
    ['delay=1s,retry-after-ms=1', 'retry-after-ms needs a status', 'add status=429'],
    ['body=text,at=after', 'at has no effect on body', 'leave at out'],
    ['lock,method=get', 'lock never happens to GET', 'leave method out, or take POST'],
  ])('%j: %s', (rule, problem, hint) => {
    const { code, message, details } = failureOf(rule);
    expect(code).toBe('usage');
    expect(message).toContain(`--fault ${JSON.stringify(rule)}: `);
    expect(message).toContain(problem);
    if (hint === undefined) expect(details.hint).toBeUndefined();
    else expect(details.hint).toContain(hint);
  });

  it('with a usage failure, whatever it says', () => {
    const word = fc.oneof(
      fc.constantFrom('cut', 'lock', 'status=500', 'at=after', 'nth=2', 'share=0.5', 'delay=1ms', ',', '='),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 5 }), (words) => {
        const text = words.join(',');
        try {
          expect(parseFault(text).text).toBe(text);
        } catch (error) {
          expect(error).toBeInstanceOf(Failure);
          expect(error).toMatchObject({ code: 'usage' });
        }
      }),
    );
  });
});

describe('the help', () => {
  it('has every word', () => {
    const words = /the words are (.*)/.exec(failureOf('zzzzzzzz').details.hint ?? '')?.[1]?.split(', ') ?? [];
    expect(words.length).toBeGreaterThan(10);
    for (const word of words) expect(FAULT_HELP).toMatch(new RegExp(`^ +${word}(?=[ =])`, 'm'));
  });

  it('fits a wide terminal', () => {
    for (const line of FAULT_HELP.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
  });
});
