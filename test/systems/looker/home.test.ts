import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Conversation, conversation } from '../../../src/core/conversation.ts';
import { convert } from '../../../src/core/convert.ts';
import type { Format, Kind } from '../../../src/core/format.ts';
import { equal, type JsonObject } from '../../../src/core/json.ts';
import { createLedger, noLedger } from '../../../src/core/ledger.ts';
import { convoFormat } from '../../../src/formats/convo/format.ts';
import { lookerFormats } from '../../../src/systems/looker/format.ts';
import sales from '../../fixtures/looker/sales.json' with { type: 'json' };
import { arbitraryDocument } from '../../support/arbitrary.ts';
import { content, message } from './contents.ts';

const { 'looker@26.10': latest, 'looker@26.4': earlier } = lookerFormats;

describe.each([latest, earlier])('$name', (format) => {
  it('gives back every record', () => {
    fc.assert(
      fc.property(arbitraryDocument(format.record()), (native) => comesHome(format, native, 'record')),
    );
  });

  it('gives back every request', () => {
    fc.assert(
      fc.property(arbitraryDocument(latest.request?.() ?? format.record()), (native) =>
        comesHome(format, native, 'request'),
      ),
    );
  });

  it('gives back messages in every form, in whatever order they stand', () => {
    const record = fc.array(message, { maxLength: 5 }).map((messages) => ({ id: 'c', messages }));
    fc.assert(
      fc.property(record, (native) => comesHome(format, native, 'record')),
      { numRuns: 2000 },
    );
  });

  it('gives back the contents of a request', () => {
    const request = fc.array(content, { maxLength: 3 }).map((contents) => ({
      name: 'x',
      messages: contents.map((each) => ({ type: 'system', message: each })),
    }));
    fc.assert(
      fc.property(request, (native) => comesHome(format, native, 'request')),
      { numRuns: 500 },
    );
  });

  it('gives back the sample, and no form of it needs remembering', () => {
    comesHome(format, sales, 'record');
    const model = format.read(sales, 'record', noLedger);
    expect(JSON.stringify(model).match(/"\$written":\{[^}]*\}/g) ?? []).toEqual(
      format === earlier ? ['"$written":{"version":"26.4"}'] : [],
    );
  });
});

it('gives back members of an agent that 26.4 does not know', () => {
  comesHome(earlier, { id: 'c', conversation_agent: { name: 'x', golden_query_ids: 5, x: 1 } }, 'record');
});

/** Also through the text of a `convo` document, without a loss, and without touching what was read. */
function comesHome(format: Format, native: JsonObject, kind: Kind): void {
  const before = JSON.stringify(native);
  const ledger = createLedger();
  const model = format.read(native, kind, ledger);
  expect(conversation().safeParse(model).error).toBeUndefined();
  expectSame(format.write(model, kind, ledger), native);
  expect(ledger.losses(native, 'lost')).toEqual([]);
  const stored: Conversation = JSON.parse(JSON.stringify(model));
  expectSame(format.write(stored, kind, noLedger), native);
  expect(JSON.stringify(native)).toBe(before);
  comesFromModel(format, native, kind);
}

/** From a `convo` document, again without a loss but that of ids in a request. */
function comesFromModel(format: Format, native: JsonObject, kind: Kind): void {
  const document = convert({ format, kind, value: native }, convoFormat, 'record').output;
  const { output, losses } = convert({ format: convoFormat, kind: 'record', value: document }, format, kind);
  expectSame(output, native);
  expect(losses).toEqual([]);
}

/** Member for member, own members called `__proto__` too. */
function expectSame(actual: JsonObject, expected: JsonObject): void {
  if (!equal(actual, expected))
    expect(JSON.stringify(actual, null, 2)).toBe(JSON.stringify(expected, null, 2));
}
