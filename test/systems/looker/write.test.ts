import { describe, expect, it } from 'vitest';
import type { Conversation, Message } from '../../../src/core/conversation.ts';
import { convert } from '../../../src/core/convert.ts';
import { type JsonObject, member } from '../../../src/core/json.ts';
import { noLedger } from '../../../src/core/ledger.ts';
import { convoFormat } from '../../../src/formats/convo/format.ts';
import { lookerFormats } from '../../../src/systems/looker/format.ts';
import sales from '../../fixtures/looker/sales.json' with { type: 'json' };

const { 'looker@26.10': looker, 'looker@26.4': earlier } = lookerFormats;

describe('a conversation from elsewhere', () => {
  it('says user and assistant in the form of the API', () => {
    const messages: Message[] = [
      { id: 'm1', role: 'user', created_at: '2026-06-01T09:00:00Z', parts: [{ type: 'text', text: 'Hi' }] },
      { role: 'assistant', parts: [{ type: 'text', text: 'Hello' }] },
    ];
    expect(looker.write({ convo: 1, id: 'c', title: 'x', messages }, 'record', noLedger)).toEqual({
      id: 'c',
      name: 'x',
      messages: [
        {
          id: 'm1',
          type: 'user',
          message: { timestamp: '2026-06-01T09:00:00Z', userMessage: { text: 'Hi' } },
        },
        {
          type: 'system',
          message: { systemMessage: { text: { parts: ['Hello'], textType: 'FINAL_RESPONSE' } } },
        },
      ],
    });
  });

  it('has no message for one that says nothing', () => {
    expect(
      looker.write({ convo: 1, messages: [{ role: 'user', parts: [] }] }, 'record', noLedger)['messages'],
    ).toEqual([]);
  });

  it('becomes several messages where it says several kinds of thing', () => {
    const written = writtenAlone({
      id: 'm',
      role: 'assistant',
      parts: [
        { type: 'text', text: 'hm', channel: 'thought' },
        { type: 'text', text: 'a', channel: 'final' },
        { type: 'text', text: 'b' },
        { type: 'error', text: 'no', code: 5 },
      ],
    });
    expect(written.messages).toEqual([
      {
        id: 'm',
        type: 'system',
        message: { systemMessage: { text: { parts: ['hm'], textType: 'THOUGHT' } } },
      },
      {
        type: 'system',
        message: { systemMessage: { text: { parts: ['a', 'b'], textType: 'FINAL_RESPONSE' } } },
      },
      { type: 'system', message: { systemMessage: { error: { text: 'no' } } } },
    ]);
    expect(written.losses).toEqual(['/messages/0/parts/3/code dropped: an error of Looker is text alone']);
  });

  it('joins the texts of a user', () => {
    const written = writtenAlone({
      role: 'user',
      parts: [
        { type: 'text', text: 'a' },
        { type: 'text', text: 'b' },
      ],
    });
    expect(written.messages).toEqual([{ type: 'user', message: { userMessage: { text: 'a\nb' } } }]);
    expect(written.losses).toEqual([
      '/messages/0/parts/0/text narrowed: joined with the other texts of the message by newlines',
      '/messages/0/parts/1/text narrowed: joined with the other texts of the message by newlines',
    ]);
  });

  it.each(['system', 'developer', 'tool', 'moderator'])('has no place for what %s says', (role) => {
    const written = writtenAlone({ role, parts: [{ type: 'text', text: 'a' }] });
    expect(written.messages).toEqual([]);
    expect(written.losses).toEqual([
      `/messages dropped: Looker has messages of the user and the agent alone, none of role ${role}`,
    ]);
  });

  it('has no place for tools, files and commentary', () => {
    const written = writtenAlone({
      role: 'assistant',
      parts: [
        { type: 'tool_call', name: 'f' },
        { type: 'text', text: 'a', channel: 'commentary' },
        { type: 'other', format: 'openai', kind: 'web_search_call', value: { a: 1 } },
      ],
    });
    expect(written.messages).toHaveLength(1);
    expect(written.losses).toEqual([
      '/messages/0/parts/0 dropped: Looker has no tool calls',
      '/messages/0/parts/1/channel dropped: Looker has no commentary',
      '/messages/0/parts/2 dropped: Looker has no openai web_search_call',
    ]);
  });

  it('makes nothing up', () => {
    expect(looker.write({ convo: 1 }, 'record', noLedger)).toEqual({});
    expect(looker.write({ convo: 1, title: null, messages: null }, 'request', noLedger)).toEqual({});
  });
});

describe('a record of Looker', () => {
  it('gives a request with what the API takes', () => {
    const { output, losses } = convert({ format: looker, kind: 'record', value: sales }, looker, 'request');
    expect(looker.request?.().safeParse(output).success).toBe(true);
    expect(Object.keys(output)).toEqual(['name', 'category', 'sources', 'agent_id', 'deleted', 'messages']);
    expect(messagesOf(output)).toEqual(sales.messages.map(({ type, message }) => ({ type, message })));
    const lost = (kind: string) => losses.filter((loss) => loss.kind === kind).map(({ path }) => path);
    expect(lost('dropped')).toEqual(['/can', '/conversation_agent']);
    expect(lost('narrowed')).toEqual([]);
    expect(lost('assigned')).toEqual([
      '/id',
      '/user_id',
      '/created_at',
      '/updated_at',
      ...sales.messages.flatMap((_, index) => [`/messages/${index}/id`, `/messages/${index}/order`]),
    ]);
  });

  it('loses to 26.4 what the agent did not have then', () => {
    const { output, losses } = convert({ format: looker, kind: 'record', value: sales }, earlier, 'record');
    expect(losses.map(({ path, reason }) => `${path}: ${reason}`)).toEqual([
      '/conversation_agent/workflow_params: Looker 4.0.26.4 does not have it',
      '/conversation_agent/golden_queries: Looker 4.0.26.4 does not have it',
      '/conversation_agent/golden_query_ids: Looker 4.0.26.4 does not have it',
    ]);
    expect(member(output, 'conversation_agent')).not.toHaveProperty('golden_queries');
    expect(messagesOf(output)).toEqual(sales.messages);
  });

  it('loses nothing to 26.10, not even what 26.4 does not know', () => {
    const value: JsonObject = {
      id: '1',
      x: 1,
      conversation_agent: { name: 'a', golden_query_ids: [1], y: {} },
    };
    const { output, losses } = convert({ format: earlier, kind: 'record', value }, looker, 'record');
    expect(output).toEqual(value);
    expect(losses).toEqual([]);
  });
});

describe('a model that was edited', () => {
  it('says the new words in the old form', () => {
    const message = {
      id: '1',
      order: 4,
      message: { debugInfo: 1, system_message: { text: { parts: ['a'], text_type: 'THOUGHT' } } },
    };
    const edited = editedParts(message, (parts) => parts.map((part) => ({ ...part, text: 'b' })));
    expect(edited).toEqual([
      {
        ...message,
        message: { debugInfo: 1, system_message: { text: { parts: ['b'], text_type: 'THOUGHT' } } },
      },
    ]);
  });

  it('takes the form of the API where the old one cannot say it', () => {
    const message = { id: '1', order: 4, type: 'user', message: { userMessage: 'a' } };
    const edited = editedParts(message, (parts) => [...parts, { type: 'text', text: 'b' }]);
    expect(edited).toEqual([{ id: '1', order: 4, type: 'user', message: { userMessage: { text: 'a\nb' } } }]);
  });

  it('lets go of the order where the messages stand in another one', () => {
    const native = {
      id: '1',
      messages: [
        { id: 'a', order: 1 },
        { id: 'b', order: 2 },
      ],
    };
    const model = looker.read(native, 'record', noLedger);
    const reversed: Conversation = { ...model, messages: (model.messages ?? []).toReversed() };
    expect(messagesOf(looker.write(reversed, 'record', noLedger))).toEqual([{ id: 'b' }, { id: 'a' }]);
  });

  it('changes the speaker', () => {
    const native = { id: '1', messages: [{ type: 'moderator', message: {} }] };
    const model = looker.read(native, 'record', noLedger);
    const messages = model.messages?.map((message) => ({ ...message, role: 'user' })) ?? [];
    expect(messagesOf(looker.write({ ...model, messages }, 'record', noLedger))).toEqual([
      { type: 'user', message: {} },
    ]);
  });
});

function editedParts(message: JsonObject, edit: (parts: JsonObject[]) => JsonObject[]): unknown {
  const model = looker.read({ id: '1', messages: [message] }, 'record', noLedger);
  const messages = model.messages?.map((each) => ({ ...each, parts: edit(each.parts ?? []) })) ?? [];
  return messagesOf(looker.write({ ...model, messages }, 'record', noLedger));
}

/** One message of a `convo` document written into a record, with its losses told in a line each. */
function writtenAlone(message: JsonObject): { messages: unknown; losses: string[] } {
  const value: JsonObject = { convo: 1, messages: [message] };
  const { output, losses } = convert({ format: convoFormat, kind: 'record', value }, looker, 'record');
  return {
    messages: messagesOf(output),
    losses: losses.map(({ path, kind, reason }) => `${path} ${kind}: ${reason}`),
  };
}

function messagesOf(native: JsonObject): unknown {
  return member(native, 'messages');
}
