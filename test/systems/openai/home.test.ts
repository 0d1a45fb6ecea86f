import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conversation } from '../../../src/core/conversation.ts';
import type { Kind } from '../../../src/core/format.ts';
import { equal, type JsonObject } from '../../../src/core/json.ts';
import { createLedger, noLedger } from '../../../src/core/ledger.ts';
import { openaiFormat } from '../../../src/systems/openai/format.ts';
import { record, request } from '../../../src/systems/openai/schema.ts';
import { arbitraryDocument } from '../../support/arbitrary.ts';

const kinds: readonly Kind[] = ['record', 'request'];
const schemas = { record, request };
const runs = 300;

describe('the way home', () => {
  it.each(kinds)('gives back every valid %s', (kind) => {
    fc.assert(
      fc.property(arbitraryDocument(schemas[kind]()), (native) => {
        const model = openaiFormat.read(native, kind, noLedger);
        const valid = conversation().safeParse(model);
        if (!valid.success) throw new Error(JSON.stringify(valid.error.issues));
        const again: typeof model = JSON.parse(JSON.stringify(model));
        for (const each of [model, again])
          expect(equal(openaiFormat.write(each, kind, noLedger), native)).toBe(true);
      }),
      { numRuns: runs },
    );
  });

  it.each(kinds)('loses nothing of a %s', (kind) => {
    fc.assert(
      fc.property(arbitraryDocument(schemas[kind]()), (native) => {
        const ledger = createLedger();
        openaiFormat.write(openaiFormat.read(native, kind, ledger), kind, ledger);
        expect(ledger.losses(native, 'not carried')).toEqual([]);
      }),
      { numRuns: runs },
    );
  });

  it('writes of every record a valid request, and of every request a valid record but for what it lacks', () => {
    fc.assert(
      fc.property(arbitraryDocument(record()), (native) => {
        const written = openaiFormat.write(
          openaiFormat.read(native, 'record', noLedger),
          'request',
          noLedger,
        );
        const result = request().safeParse(written);
        if (!result.success) throw new Error(JSON.stringify(result.error.issues));
      }),
      { numRuns: runs },
    );
    fc.assert(
      fc.property(arbitraryDocument(request()), (native) => {
        const written = openaiFormat.write(
          openaiFormat.read(native, 'request', noLedger),
          'record',
          noLedger,
        );
        const complete: JsonObject = { ...written, id: 'conv_1', created_at: 0 };
        const result = record().safeParse(complete);
        if (!result.success) throw new Error(JSON.stringify(result.error.issues));
      }),
      { numRuns: runs },
    );
  });
});
