import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/json.ts';
import { json, lineOf, loggedIn, lookerAt, requestOf, said } from './looker-seat.ts';

const wanted = requestOf({ name: 'One', messages: ['a', 'b', 'c'].map(said) });

/** What is saved of the wanted conversation when Looker has these messages. */
async function finished(messages: readonly JsonObject[]) {
  const place = await lookerAt(async (request) => {
    const line = lineOf(request);
    if (request.method === 'POST' && line !== 'POST /login') return json([]);
    return loggedIn(line) ?? json({ id: '1', name: 'One', messages });
  });
  await place.provider.finish?.('1', wanted);
  return place.got
    .filter(({ line }) => line === 'POST /conversations/1/messages')
    .map(({ body }): unknown => JSON.parse(body));
}

describe('finishing a conversation at Looker', () => {
  it('adds those that it does not have, in whatever order it gives the others', async () => {
    const [first, second] = [
      { ...said('a'), id: '1', order: 0 },
      { ...said('b'), id: '2', order: 1 },
    ];
    expect(await finished([second, first])).toEqual([{ messages: [said('c')] }]);
  });

  it('takes no notice of what Looker added to them', async () => {
    const stored = {
      type: 'user',
      message: { userMessage: { text: 'a' }, timestamp: '2026-06-01T09:15:02Z' },
    };
    expect(await finished([stored])).toEqual([{ messages: [said('b'), said('c')] }]);
  });

  it.each([
    [[said('x')]],
    [[said('b'), said('a')]],
    [['a', 'b', 'c', 'd'].map(said)],
    [[{ type: 'system', message: { userMessage: { text: 'a' } } }]],
  ])('adds nothing to others: %j', async (messages) => {
    await expect(finished(messages)).rejects.toMatchObject({
      code: 'conflict',
      message: '1 at Looker has other messages than it was given, so that none were added',
    });
  });
});
