import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/core/conversation.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { createLedger, noLedger } from '../../src/core/ledger.ts';
import { mergeRuns } from '../../src/core/turns.ts';

describe('the runs of an agent', () => {
  it('come back as the very same array if none is from Looker', () => {
    const messages: Message[] = [
      { role: 'assistant', parts: [] },
      { role: 'assistant', parts: [] },
    ];
    expect(mergeRuns(messages, noLedger)).toBe(messages);
  });

  it('leave messages of others as they are', () => {
    const question: Message = { role: 'user', parts: [text('?')], extensions: { looker: {} } };
    const foreign: Message = { role: 'assistant', parts: [text('a', 'thought')] };
    const merged = mergeRuns([question, step([text('b', 'thought')]), foreign], noLedger);
    expect(merged).toHaveLength(2);
    expect(merged[0]).toBe(question);
    expect(merged[1]).toBe(foreign);
  });

  it('are the final answers, joined under the last of them', () => {
    const merged = mergeRuns(
      [
        step([text('hm', 'thought')], '1'),
        step([text('a', 'final')], '2'),
        step([text('b'), { type: 'other', format: 'looker', kind: 'chart', value: {} }], '3'),
        step([text('done', 'progress')], '4'),
      ],
      noLedger,
    );
    expect(merged).toEqual([
      {
        id: '3',
        role: 'assistant',
        text: 'a\nb',
        parts: [text('a', 'final'), text('b', 'final')],
        extensions: { looker: {} },
      },
    ]);
  });

  it('leave the channel of an answer alone where it is one', () => {
    const merged = mergeRuns([step([text('a')]), step([text('b')])], noLedger);
    expect(merged.map((message) => message.parts)).toEqual([[text('a'), text('b')]]);
  });

  it('have no channel where the texts of the last one are of several', () => {
    const merged = mergeRuns([step([text('a', 'progress'), text('b', 'commentary')])], noLedger);
    expect(merged.map((message) => message.parts)).toEqual([[text('a'), text('b')]]);
  });

  it.each<[string, JsonObject[], JsonObject[]]>([
    [
      'else the error',
      [text('x', 'progress'), { type: 'error', text: 'no' }],
      [{ type: 'error', text: 'no' }],
    ],
    [
      'else the last text that is no thought',
      [text('x', 'progress'), text('y', 'progress'), text('z', 'thought')],
      [text('y', 'progress')],
    ],
    ['else nothing', [text('z', 'thought')], []],
  ])('are %s', (_, said, parts) => {
    const merged = mergeRuns(
      said.map((part) => step([part])),
      noLedger,
    );
    expect(merged.flatMap((message) => message.parts ?? [])).toEqual(parts);
    expect(merged).toHaveLength(parts.length);
  });

  it('are not answered by text of a type that only Looker has', () => {
    const followUp = { ...text('And by year?'), extensions: { looker: { textType: 'FOLLOWUP_QUESTIONS' } } };
    const merged = mergeRuns([step([text('a', 'final')]), step([followUp])], noLedger);
    expect(merged.map((message) => message.text)).toEqual(['a']);
  });

  it('end where somebody else speaks', () => {
    const user: Message = { role: 'user', parts: [text('?')], extensions: { looker: {} } };
    const merged = mergeRuns([step([text('a')]), user, step([text('b')]), user], noLedger);
    expect(merged.map((message) => message.text ?? '?')).toEqual(['a', '?', 'b', '?']);
  });

  it('tell the ledger what became of each message', () => {
    const ledger = createLedger();
    const messages = [step([text('hm', 'thought')]), step([text('a', 'final')]), step([text('b', 'final')])];
    for (const [index, message] of messages.entries()) ledger.origin(message, '$self', messages, index);
    for (const message of mergeRuns(messages, ledger)) {
      ledger.carried(message, 'role');
      for (const part of message.parts ?? []) {
        ledger.carried(part, 'type');
        ledger.carried(part, 'text');
      }
    }
    const losses = ledger.losses({ messages }, 'lost').map(({ path }) => path);
    expect(losses).toEqual(['/messages/0']);
  });
});

function step(parts: JsonObject[], id?: string): JsonObject {
  return { ...(id !== undefined && { id }), role: 'assistant', parts, extensions: { looker: {} } };
}

function text(said: string, channel?: string): JsonObject {
  return { type: 'text', text: said, ...(channel !== undefined && { channel }) };
}
