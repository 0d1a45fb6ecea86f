import { describe, expect, it } from 'vitest';
import { isObject, type JsonObject } from '../../src/core/json.ts';
import { createLedger } from '../../src/core/ledger.ts';

const source = (): JsonObject => ({
  id: 'a',
  note: null,
  tags: [],
  agent: { id: '7', name: 'Ada', deleted: false },
  items: [
    { type: 'message', role: 'user' },
    { type: 'ping', value: 1 },
  ],
});

describe('what no writer wrote', () => {
  it('is lost at the highest subtree that is wholly affected', () => {
    const document = source();
    const ledger = createLedger();
    ledger.carried(document, 'id');
    expect(ledger.losses(document, 'no place').map((loss) => loss.path)).toEqual(['/agent', '/items']);
  });

  it('is lost member by member where something beside it was written', () => {
    const document = source();
    const ledger = createLedger();
    const agent = document['agent'];
    for (const field of ['id', 'items']) ledger.carried(document, field);
    if (typeof agent === 'object' && agent) ledger.carried(agent, 'id');
    expect(ledger.losses(document, 'no place')).toEqual([
      { path: '/agent/name', kind: 'dropped', reason: 'no place' },
      { path: '/agent/deleted', kind: 'dropped', reason: 'no place' },
    ]);
  });

  it('never counts null, empty containers and what goes without saying', () => {
    const document = source();
    const ledger = createLedger();
    const agent = document['agent'];
    for (const field of ['id', 'items']) ledger.carried(document, field);
    if (typeof agent === 'object' && agent && !Array.isArray(agent)) {
      for (const field of ['id', 'name']) ledger.carried(agent, field);
      ledger.implied(agent, 'deleted');
    }
    expect(ledger.losses(document, 'no place')).toEqual([]);
  });
});

describe('places', () => {
  it('are those the reader gave, all of them, and followed through copies', () => {
    const document: JsonObject = { top: 'x', deep: { again: 'x' }, rest: 1 };
    const ledger = createLedger();
    const model = { id: 'x' };
    const copy = { ...model };
    ledger.origin(model, 'id', document, 'top');
    if (typeof document['deep'] === 'object' && document['deep'])
      ledger.origin(model, 'id', document['deep'], 'again');
    ledger.same(copy, model);
    ledger.carried(copy, 'id');
    expect(ledger.losses(document, 'no place').map((loss) => loss.path)).toEqual(['/rest']);
  });

  it('take members of the same name for a model that mirrors its source', () => {
    const document: JsonObject = { text: 'x', lang: 'en' };
    const ledger = createLedger();
    const part = { text: 'x' };
    ledger.mirrors(part, document);
    ledger.carried(part, 'text');
    expect(ledger.losses(document, 'no place').map((loss) => loss.path)).toEqual(['/lang']);
  });
});

describe('kinds', () => {
  it('are assigned only for what the system sets all of', () => {
    const document: JsonObject = { one: { id: 'a' }, two: { id: 'b', text: 'c' } };
    const ledger = createLedger();
    for (const value of Object.values(document)) {
      if (typeof value === 'object' && value) ledger.assigned(value, 'id');
    }
    expect(ledger.losses(document, 'no place').map(({ path, kind }) => [path, kind])).toEqual([
      ['/one', 'assigned'],
      ['/two', 'dropped'],
    ]);
  });

  it('give a reason once for all that was refused, and report it even if it held nothing of its own', () => {
    const document: JsonObject = { items: [{ type: 'ping', value: 1 }, { type: 'pong' }], id: 'a' };
    const ledger = createLedger();
    const items = document['items'];
    ledger.carried(document, 'id');
    if (Array.isArray(items)) {
      for (const [index, item] of items.entries()) {
        if (typeof item === 'object' && item && !Array.isArray(item)) ledger.implied(item, 'type');
        ledger.refused(items, index, 'no pings');
      }
    }
    expect(ledger.losses(document, 'no place')).toEqual([
      { path: '/items', kind: 'dropped', reason: 'no pings' },
    ]);
  });

  it('let a narrowed value count as kept', () => {
    const document: JsonObject = { when: { at: '2025-03-13', zone: 'x' } };
    const ledger = createLedger();
    const when = document['when'];
    if (typeof when === 'object' && when) ledger.narrowed(when, 'at', 'read as UTC');
    expect(ledger.losses(document, 'no place')).toEqual([
      { path: '/when/at', kind: 'narrowed', reason: 'read as UTC' },
      { path: '/when/zone', kind: 'dropped', reason: 'no place' },
    ]);
  });

  it('let a reduced value be narrowed beside what is kept, and be lost with all that is not', () => {
    const document: JsonObject = {
      list: [
        { order: 1, text: 'a' },
        { order: 2, text: 'b' },
      ],
    };
    const ledger = createLedger();
    const list = document['list'];
    const items = Array.isArray(list) ? list.filter(isObject) : [];
    for (const item of items) ledger.reduced(item, 'order', 'they stand in this order');
    if (Array.isArray(list)) ledger.refused(list, 1, 'no room');
    for (const item of items.slice(0, 1)) ledger.carried(item, 'text');
    expect(ledger.losses(document, 'no place')).toEqual([
      { path: '/list/0/order', kind: 'narrowed', reason: 'they stand in this order' },
      { path: '/list/1', kind: 'dropped', reason: 'no room' },
    ]);
  });
});

describe('what is held', () => {
  it('counts once it is released, behind what was said before', () => {
    const document: JsonObject = { id: 'a', text: 'b' };
    const ledger = createLedger();
    ledger.refused(document, 'id', 'not yet');
    ledger.hold();
    ledger.carried(document, 'id');
    ledger.release();
    expect(ledger.losses(document, 'no place').map((loss) => loss.path)).toEqual(['/text']);
  });

  it('was never said once it is forgotten', () => {
    const document: JsonObject = { id: 'a', text: 'b' };
    const ledger = createLedger();
    ledger.carried(document, 'text');
    ledger.hold();
    ledger.carried(document, 'id');
    ledger.forget();
    ledger.hold();
    ledger.release();
    expect(ledger.losses(document, 'no place').map((loss) => loss.path)).toEqual(['/id']);
  });
});
