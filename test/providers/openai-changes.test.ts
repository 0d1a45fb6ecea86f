import { describe, expect, it } from 'vitest';
import { type JsonObject, member } from '../../src/core/json.ts';
import { itemList } from '../serve/openai-shapes.ts';
import { itemsSent, lines, messages, now, openOpenAI, request, setTopic, texts } from './openai-place.ts';

const only = { dryRun: false };

describe('updating', () => {
  it('sends the whole map', async () => {
    const opened = await openOpenAI();
    const document = request({ metadata: { a: '1', topic: 'old' }, items: messages(1) });
    const id = (await opened.provider.create?.(document, now))?.id ?? '';
    const after = await opened.provider.update?.(id, setTopic('new'), only);
    expect(JSON.parse(opened.seen.at(-1)?.body ?? '')).toEqual({ metadata: { a: '1', topic: 'new' } });
    expect(after?.record).toMatchObject({ metadata: { a: '1', topic: 'new' } });
    expect(after).toEqual(await opened.provider.show?.(id));
  });

  it('sends nothing where nothing changes, and refuses what cannot', async () => {
    const opened = await openOpenAI();
    const id = (await opened.provider.create?.(request({ items: messages(1) }), now))?.id ?? '';
    const before = opened.seen.length;
    await opened.provider.update?.(id, async ({ record: same }) => ({ ...same }), only);
    await expect(
      opened.provider.update?.(id, async ({ record: whole }) => ({ ...whole, items: [] }), only),
    ).rejects.toMatchObject({
      code: 'unsupported',
      details: { issues: [{ path: '/items' }] },
    });
    await expect(opened.provider.update?.(id, setTopic('x'.repeat(513)), only)).rejects.toMatchObject({
      code: 'invalid',
      details: { issues: [{ path: '/metadata/topic' }] },
    });
    expect(opened.seen.slice(before).every(({ method }) => method === 'GET')).toBe(true);
  });
});

describe('appending', () => {
  it('makes stored items of another conversation anew', async () => {
    const opened = await openOpenAI();
    const { provider } = opened;
    const first = await provider.create?.(request({ items: messages(2) }), now);
    const second = await provider.create?.(request({}), now);
    const stored = itemList.parse({
      object: 'list',
      data: member(first?.record ?? {}, 'items'),
      first_id: '',
      last_id: '',
      has_more: false,
    });
    const items: JsonObject[] = JSON.parse(JSON.stringify(stored)).data;
    const after = await provider.append?.(second?.id ?? '', async () => items, only);
    expect(texts(after?.record)).toEqual(['m0', 'm1']);
    expect(
      itemsSent(opened)
        .at(-1)
        ?.some((item) => Object.hasOwn(item, 'id')),
    ).toBe(false);
    expect(opened.warnings.filter((line) => /^assigned \/items\/\d\/id: /.test(line))).toHaveLength(2);
  });

  it('waits while the conversation is locked', async () => {
    const opened = await openOpenAI({ faults: ['lock,path=/conversations/*/items,first=1'] });
    const id = (await opened.provider.create?.(request({}), now))?.id ?? '';
    const after = await opened.provider.append?.(id, async () => messages(1), only);
    expect(texts(after?.record)).toEqual(['m0']);
    expect(lines(opened).filter((line) => line.startsWith(`POST /conversations/${id}`))).toHaveLength(2);
  });

  it('is unavailable while it stays locked, and nothing was changed', async () => {
    const { provider } = await openOpenAI({
      faults: ['lock,path=/conversations/*/items'],
      settings: { retries: 0 },
    });
    const id = (await provider.create?.(request({}), now))?.id ?? '';
    await expect(provider.append?.(id, async () => messages(1), only)).rejects.toMatchObject({
      code: 'unavailable',
      details: { hint: 'try again in a few seconds; nothing was changed' },
    });
  });

  it('says how many are there if a later call fails', async () => {
    const { provider } = await openOpenAI({
      faults: ['lock,path=/conversations/*/items,nth=2'],
      settings: { retries: 0 },
    });
    const id = (await provider.create?.(request({}), now))?.id ?? '';
    await expect(provider.append?.(id, async () => messages(30), only)).rejects.toMatchObject({
      code: 'outcome_unknown',
      details: {
        id,
        hint: `${id} has the first 20 of 30 items: add the others with \`convo append ${id} -p openai …\``,
      },
    });
  });

  it('is not found where there is none', async () => {
    const { provider } = await openOpenAI();
    for (const id of ['conv_none', '..']) {
      await expect(provider.append?.(id, async () => messages(1), only)).rejects.toMatchObject({
        code: 'not_found',
      });
    }
  });
});

describe('deleting', () => {
  it('says once that the items stay', async () => {
    const { provider, warnings } = await openOpenAI();
    for (let count = 0; count < 2; count += 1) {
      const id = (await provider.create?.(request({ items: messages(1) }), now))?.id ?? '';
      expect(await provider.remove?.(id, only)).toBe(true);
    }
    expect(warnings).toEqual([
      'OpenAI keeps the items of a conversation that is deleted; --items deletes them first',
    ]);
  });

  it('deletes the items first, the newest of all before the others', async () => {
    const opened = await openOpenAI();
    const made = await opened.provider.create?.(request({ items: messages(3) }), now);
    const items = made && member(made.record, 'items');
    const ids = Array.isArray(items) ? items.map((item) => JSON.stringify(item).match(/msg_\w+/)?.[0]) : [];
    expect(await opened.provider.remove?.(made?.id ?? '', { dryRun: false, items: true })).toBe(true);
    expect(lines(opened).filter((line) => line.startsWith('DELETE'))).toEqual([
      ...ids.toReversed().map((id) => `DELETE /conversations/${made?.id}/items/${id}`),
      `DELETE /conversations/${made?.id}`,
    ]);
    expect(opened.warnings).toEqual([]);
  });

  it('says what is left if it fails between the items', async () => {
    const { provider } = await openOpenAI({
      faults: ['status=403,method=DELETE,path=/conversations/*/items/*,nth=3'],
    });
    const id = (await provider.create?.(request({ items: messages(4) }), now))?.id ?? '';
    await expect(provider.remove?.(id, { dryRun: false, items: true })).rejects.toMatchObject({
      code: 'not_allowed',
      details: {
        id,
        hint: `${id} is there still, and its last 2 items are deleted: delete it again to go on`,
      },
    });
    expect(texts((await provider.show?.(id))?.record)).toEqual(['m0', 'm1']);
  });
});
