import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine } from '../../src/output/csv.ts';

/** A reader by the letter of RFC 4180: one record without its line end. */
function readRecord(line: string): string[] {
  const fields = line.replace(/\n$/, '').matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g);
  return [...fields].map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '');
}

describe('csvLine', () => {
  it('quotes only what needs it', () => {
    expect(csvLine(['a', 'b c', 'd,e', 'say "hi"', 'x\ny', 'x\ry'])).toBe(
      'a,b c,"d,e","say ""hi""","x\ny","x\ry"\n',
    );
  });

  it('tells an empty text from null, and never writes an empty line', () => {
    expect(csvLine(['', null, undefined, 0, false])).toBe('"",,,0,false\n');
    expect(csvLine([null])).toBe('""\n');
  });

  it('writes objects as JSON', () => {
    expect(csvLine([{ topic: 'refund' }, ['a']])).toBe('"{""topic"":""refund""}","[""a""]"\n');
  });

  it('leaves what a spreadsheet takes for a formula as it is', () => {
    expect(csvLine(['=1+1', '@sum', '-5'])).toBe('=1+1,@sum,-5\n');
  });

  it('comes back as it was', () => {
    const field = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a') }),
    );
    fc.assert(
      fc.property(fc.array(field, { minLength: 1 }), (values) => {
        expect(readRecord(csvLine(values))).toEqual(values);
      }),
    );
  });
});
