import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conversation } from '../../../src/core/conversation.ts';
import { equal, isObject, type JsonObject, type JsonValue } from '../../../src/core/json.ts';
import { createLedger, noLedger } from '../../../src/core/ledger.ts';
import { readSyllable } from '../../../src/systems/syllable/read.ts';
import { errors, record } from '../../../src/systems/syllable/schema.ts';
import { writeSyllable } from '../../../src/systems/syllable/write.ts';
import { arbitraryDocument } from '../../support/arbitrary.ts';

const folder = new URL('../../fixtures/syllable/', import.meta.url);
const fixtures = readdirSync(folder).filter((name) => name.endsWith('.json'));

function load(name: string): JsonObject {
  const value: JsonValue = JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
  return isObject(value) ? value : {};
}

/** There and back, with the model as it is, and as text gives it back. */
function home(native: JsonObject): JsonObject[] {
  const model = readSyllable(native, 'record', noLedger);
  return [model, JSON.parse(JSON.stringify(model))].map((each) => writeSyllable(each, 'record', noLedger));
}

describe.each(fixtures)('%s', (name) => {
  it('is valid', () => {
    expect(record().safeParse(load(name)).error).toBeUndefined();
  });

  it('comes home as it was', () => {
    for (const back of home(load(name))) expect(back).toStrictEqual(load(name));
  });

  it('reads to a valid conversation', () => {
    expect(conversation().safeParse(readSyllable(load(name), 'record', noLedger)).error).toBeUndefined();
  });
});

describe('any valid record', () => {
  const records = arbitraryDocument(record());

  it('comes home as it was, and is not touched', () => {
    fc.assert(
      fc.property(records, (native) => {
        const before = structuredClone(native);
        for (const back of home(native)) if (!equal(back, native)) expect(back).toStrictEqual(native);
        expect(equal(native, before)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('reads to a valid conversation', () => {
    fc.assert(
      fc.property(records, (native) => {
        expect(conversation().safeParse(readSyllable(native, 'record', noLedger)).error).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });

  it('loses nothing on the way home', () => {
    fc.assert(
      fc.property(records, (native) => {
        const ledger = createLedger();
        writeSyllable(readSyllable(native, 'record', ledger), 'record', ledger);
        expect(ledger.losses(native, 'lost')).toStrictEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('keeps `sessions` absent, null or empty', () => {
    const bare = { timestamp: '2024-06-19', conversation_id: '1' };
    for (const native of [bare, { ...bare, sessions: null }, { ...bare, sessions: [] }]) {
      for (const back of home(native)) expect(back).toStrictEqual(native);
    }
    expect(readSyllable({ ...bare, sessions: null }, 'record', noLedger).messages).toBeNull();
    expect(readSyllable(bare, 'record', noLedger)).not.toHaveProperty('messages');
  });
});

describe('the schema', () => {
  it.each([
    ['a conversation without an id', { timestamp: '2024-06-19' }],
    ['a conversation without a time', { conversation_id: '1' }],
    ['a time that is none', { conversation_id: '1', timestamp: 'yesterday' }],
    ['a seed with decimals', { conversation_id: '1', timestamp: '2024-06-19', llm_seed: 1.5 }],
    ['a name that is a number', { conversation_id: '1', timestamp: '2024-06-19', agent_name: 1 }],
    [
      'an entry without text',
      {
        conversation_id: '1',
        timestamp: '2024-06-19',
        sessions: [{ transcript: { transcription: [{ source: 'user' }] } }],
      },
    ],
  ])('refuses %s', (_, native) => {
    expect(record().safeParse(native).success).toBe(false);
  });

  it('knows the problems of a 422 one by one and in words', () => {
    const schema = errors['422']?.();
    const detail = [{ loc: ['query', 0], msg: 'field required', type: 'missing', input: null }];
    expect(schema?.safeParse({ detail }).success).toBe(true);
    expect(schema?.safeParse({ detail: 'Not found' }).success).toBe(true);
    expect(schema?.safeParse({ detail: 1 }).success).toBe(false);
  });
});
