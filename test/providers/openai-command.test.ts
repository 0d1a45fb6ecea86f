import { describe, expect, it } from 'vitest';
import { isObject, type JsonObject } from '../../src/core/json.ts';
import { listenTo, serveStore, TOKEN } from '../serve/desk.ts';
import { fakeContext } from '../support/world.ts';

describe('convo -p openai', () => {
  it('needs no more than the vendor’s own variables', async () => {
    const { after, stderr } = await openWorld();
    const id = (await after('create --title Demo -m Hello -q')).trim();
    expect(await after(`append ${id} -m assistant:Hi -q`)).toBe(`${id}\n`);
    expect(await after(`update ${id} --metadata topic=demo -q`)).toBe(`${id}\n`);
    expect(JSON.parse(await after(`show ${id}`))).toMatchObject({
      id,
      metadata: { title: 'Demo', topic: 'demo' },
      items: [
        { role: 'user', content: [{ type: 'input_text', text: 'Hello' }] },
        { role: 'assistant', content: [{ type: 'output_text', text: 'Hi' }] },
      ],
    });
    expect(stderr()).toBe('');
    expect(await after('list -q')).toBe(`${id}\n`);
    expect(await after('list --search hello -q')).toBe(`${id}\n`);
    expect(JSON.parse(await after(`delete ${id} --items --yes`))).toEqual({ id, status: 'deleted' });
    expect(await after('list -q')).toBe('');
    expect(stderr()).toContain('OpenAI cannot list conversations: these are the ones made or seen here');
  });

  it('makes a copy of what it shows, and says what of it the copy has not', async () => {
    const { after, stderr, files } = await openWorld();
    const id = (await after('create --title Demo -m Hello -m assistant:Hi -q')).trim();
    files['whole.json'] = await after(`show ${id}`);
    const copy = (await after('create whole.json -q')).trim();
    expect(copy).not.toBe(id);
    expect(withoutIds(JSON.parse(await after(`show ${copy}`)))).toEqual(
      withoutIds(JSON.parse(files['whole.json'])),
    );
    expect(stderr()).toContain('set by the system: 2 × /items/*/id');
  });

  it('plans every write without a key', async () => {
    const { after, stderr } = await openWorld({ OPENAI_API_KEY: '' });
    const planned = async (line: string): Promise<string[]> => {
      const calls: { method: string; url: string }[] = JSON.parse(await after(`${line} --dry-run`));
      return calls.map(({ method, url }) => `${method} ${url.replace(/^.*\/v1/, '')}`);
    };
    expect(await planned('create -m Hello')).toEqual(['POST /conversations']);
    expect(await planned('append conv_1 -m Hello')).toEqual(['POST /conversations/conv_1/items']);
    expect(await planned('update conv_1 --title Demo')).toEqual(['POST /conversations/conv_1']);
    expect(await planned('update conv_1 --unset metadata.topic')).toEqual(['POST /conversations/conv_1']);
    expect(await planned('delete conv_1')).toEqual(['DELETE /conversations/conv_1']);
    expect(stderr()).toContain('OpenAI keeps the items of a conversation that is deleted');
  });
});

/** The program at a server of its own. */
async function openWorld(environment: Readonly<Record<string, string>> = {}) {
  const origin = await listenTo(await serveStore());
  const files: Record<string, string> = {};
  const { context, run, stdout, stderr } = fakeContext({
    environment: { OPENAI_BASE_URL: `${origin}/openai/v1`, OPENAI_API_KEY: TOKEN, ...environment },
  });
  /** What is printed by a command that ends well. */
  const after = async (line: string): Promise<string> => {
    for (const [path, text] of Object.entries(files)) {
      const file = await context.files.create(path);
      await file.write(text);
      await file.finish();
    }
    const before = stdout().length;
    expect(await run(...line.split(' '), '-p', 'openai'), stderr()).toBe(0);
    return stdout().slice(before);
  };
  return { after, stderr, files };
}

function withoutIds(conversation: JsonObject): JsonObject {
  const { id: _id, created_at: _time, items, ...others } = conversation;
  const kept = (Array.isArray(items) ? items : []).filter(isObject).map(({ id: _own, ...item }) => item);
  return { ...others, items: kept };
}
