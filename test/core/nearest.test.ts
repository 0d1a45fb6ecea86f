import { expect, it } from 'vitest';
import { nearest } from '../../src/core/nearest.ts';

it.each([
  ['usr', ['user', 'assistant'], 'user'],
  ['rle', ['type', 'role'], 'role'],
  ['Looker', ['looker', 'openai'], 'looker'],
  ['openia', ['openai', 'orq'], 'openai'],
  ['created', ['created_at', 'updated_at'], 'created_at'],
  ['x', ['user', 'id'], undefined],
  ['completely different', ['user', 'assistant'], undefined],
])('%s among %j means %s', (word, candidates, expected) => expect(nearest(word, candidates)).toBe(expected));
