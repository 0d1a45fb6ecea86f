import { describe, expect, it } from 'vitest';
import type { World } from '../../../src/core/format.ts';
import { lookerFormats } from '../../../src/systems/looker/format.ts';

const { keeping, record } = lookerFormats['looker@26.10'];
const said = (text: string) => ({ type: 'user', message: { userMessage: { text } } });

describe('keeping a conversation as Looker does', () => {
  it('gives it an id, times, and numbers its messages', () => {
    const kept = keeping.create?.(
      { name: 'x', agent_id: 'a', messages: [said('one'), said('two')] },
      world(),
    );
    expect(kept).toEqual({
      id: '00000000000000000000000000000001',
      name: 'x',
      agent_id: 'a',
      deleted: false,
      created_at: '2026-06-01T09:15:02.000Z',
      updated_at: '2026-06-01T09:15:02.000Z',
      messages: [
        { ...said('one'), id: '00000000000000000000000000000002', order: 1 },
        { ...said('two'), id: '00000000000000000000000000000003', order: 2 },
      ],
    });
    expect(record().safeParse(kept).success).toBe(true);
  });

  it('takes nothing that is the server’s from a request', () => {
    const kept = keeping.create?.({ name: 'x', id: 'mine', user_id: '1', can: {}, x: 1 }, world());
    expect(Object.keys(kept ?? {}).toSorted()).toEqual([
      'created_at',
      'deleted',
      'id',
      'messages',
      'name',
      'updated_at',
      'x',
    ]);
    expect(kept?.['id']).not.toBe('mine');
  });

  it('numbers new messages after the highest', () => {
    const before = { id: '1', messages: [{ ...said('a'), order: 7 }, said('b'), { ...said('c'), order: 3 }] };
    const kept = keeping.append?.(before, [said('d'), said('e')], world());
    expect(kept?.['messages']).toEqual([
      ...before.messages,
      { ...said('d'), id: '00000000000000000000000000000001', order: 8 },
      { ...said('e'), id: '00000000000000000000000000000002', order: 9 },
    ]);
    expect(keeping.append?.({ id: '1', messages: null }, [said('a')], world())).toMatchObject({
      messages: [{ order: 1 }],
    });
  });

  it('dates a change', () => {
    expect(keeping.update?.touch({ id: '1', updated_at: 'x' }, world())).toEqual({
      id: '1',
      updated_at: '2026-06-01T09:15:02.000Z',
    });
  });
});

function world(): World {
  let made = 0;
  return {
    now: () => Date.parse('2026-06-01T09:15:02Z'),
    ulid: () => 'unused',
    hex: () => String((made += 1)).padStart(32, '0'),
  };
}
