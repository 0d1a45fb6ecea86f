import { describe, expect, it } from 'vitest';
import { syllable } from '../../../src/systems/syllable/index.ts';

describe('syllable', () => {
  it('is known by a conversation id with a timestamp', () => {
    expect(syllable.marks({ conversation_id: '1', timestamp: '2024-06-19' })).toBe(true);
    expect(syllable.marks({ conversation_id: '1' })).toBe(false);
    expect(syllable.marks({ id: '1', timestamp: '2024-06-19' })).toBe(false);
  });

  it('has records only, and says what it cannot do with them', async () => {
    const format = await syllable.load();
    expect(syllable.isRecord({})).toBe(true);
    expect(format).not.toHaveProperty('request');
    expect(Object.keys(format.keeping)).toStrictEqual(['cannot']);
    expect(format.keeping.cannot.create).toBe('Syllable has no operation that creates a conversation');
  });
});
