import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';

const source = join(import.meta.dirname, '../../src/store');
const firstSecond = 1_700_000_000;

/** Writes a store of so many conversations, a minute apart, by the store's own names and in its own form. */
export async function writeStore(folder, data, count) {
  const { fileOf, renderEnvelope } = await loadStore(folder);
  for (let index = 0; index < count; index += 1) {
    const record = recordOf(index);
    const file = join(folder, data, 'conversations', `${await fileOf(record.id)}.json`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, renderEnvelope({ format: 'openai', id: record.id, record }));
  }
}

/** The modules that name and render files are TypeScript, which Node 20 does not read. */
async function loadStore(folder) {
  const bundle = await rolldown({
    input: { names: join(source, 'names.ts'), envelope: join(source, 'envelope.ts') },
    platform: 'node',
  });
  const directory = join(folder, 'store-modules');
  await bundle.write({ dir: directory, format: 'esm', entryFileNames: '[name].mjs' });
  const { fileOf } = await import(join(directory, 'names.mjs'));
  const { renderEnvelope } = await import(join(directory, 'envelope.mjs'));
  return { fileOf, renderEnvelope };
}

/** The id of the conversation with this number. */
export function idOf(index) {
  return `conv_${String(index).padStart(26, '0')}`;
}

/** Questions and answers in turn, as OpenAI returns them. */
export function recordOf(index, messages = 2) {
  return {
    id: idOf(index),
    object: 'conversation',
    created_at: firstSecond + index * 60,
    metadata: { topic: `topic ${index % 100}`, title: `Conversation ${index}` },
    items: Array.from({ length: messages }, (_, place) => messageOf(index, place)),
  };
}

function messageOf(index, place) {
  const id = `msg_${index}_${place + 1}`;
  if (place % 2 === 0) {
    const text = `What became of order ${index}?`;
    return {
      type: 'message',
      id,
      role: 'user',
      status: 'completed',
      content: [{ type: 'input_text', text }],
    };
  }
  const text = `Order ${index} was sent on Monday and should arrive within three days.`;
  const content = [{ type: 'output_text', text, annotations: [], logprobs: [] }];
  return { type: 'message', id, role: 'assistant', status: 'completed', content };
}

/** A request of about so many bytes of JSON. */
export function requestOf(bytes) {
  const item = { type: 'message', role: 'user', content: 'What became of my order? '.repeat(8).trim() };
  const each = JSON.stringify(item).length + 1;
  return { metadata: { topic: 'demo' }, items: Array.from({ length: Math.floor(bytes / each) }, () => item) };
}

/** A request on a line of its own. */
export function requestLine(index) {
  const item = { type: 'message', role: 'user', content: `What became of order ${index}?` };
  return `${JSON.stringify({ metadata: { topic: `topic ${index % 100}` }, items: [item] })}\n`;
}

/** NDJSON of records, about so many bytes. */
export function linesOf(bytes, messages) {
  return `${textsOf(bytes, messages).join('\n')}\n`;
}

/** An array of records, an element a line, about so many bytes. */
export function arrayOf(bytes, messages) {
  return `[\n${textsOf(bytes, messages).join(',\n')}\n]\n`;
}

function textsOf(bytes, messages) {
  const texts = [];
  for (let size = 0, index = 0; size < bytes; index += 1) {
    const text = JSON.stringify(recordOf(index, messages));
    texts.push(text);
    size += text.length + 1;
  }
  return texts;
}
