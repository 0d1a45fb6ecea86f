import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openShell, type Running } from '../support/shell.ts';

describe('a create of 45 items at OpenAI that is told to stop', () => {
  it.each([
    ['SIGINT', 130, 'interrupted'],
    ['SIGTERM', 143, 'terminated'],
  ] as const)('in its second call says what is there: %s', async (signal, code, word) => {
    const outcome = await stoppedCreate(signal, '-o table', '/conversations/conv_1/items');
    expect(outcome).toEqual({
      code,
      stdout: '',
      stderr: expect.stringMatching(
        new RegExp(
          `^convo: ${word}: OpenAI may have acted all the same\nhint: conv_1 has the first 20 of 45 items`,
        ),
      ),
    });
  });

  it('says so where something is configured too', async () => {
    const flags = '-o table --set metadata.topic=demo';
    const { code, stderr } = await stoppedCreate(
      'SIGTERM',
      flags,
      '/conversations/conv_1/items',
      'provider local',
    );
    expect(code).toBe(143);
    expect(stderr).toContain('hint: conv_1 has the first 20 of 45 items');
  });

  it('in its second call says what is there to a program too', async () => {
    const { code, stderr } = await stoppedCreate('SIGINT', '-o json', '/conversations/conv_1/items');
    expect(code).toBe(130);
    expect(JSON.parse(stderr)).toEqual({
      error: {
        code: 'interrupted',
        message: 'interrupted: OpenAI may have acted all the same',
        hint: expect.stringContaining('`convo append conv_1 -p openai …`'),
        retryable: false,
        id: 'conv_1',
      },
    });
  });

  it('in its first call says that it may be there', async () => {
    const { code, stderr } = await stoppedCreate('SIGINT', '-o table', '/conversations');
    expect(code).toBe(130);
    expect(stderr).toBe(
      'convo: interrupted: OpenAI may have acted all the same\nhint: look whether it did before doing it again\n',
    );
  });
});

/** Stops the program when it posts to this path, which is never answered. */
async function stoppedCreate(signal: NodeJS.Signals, flags: string, path: string, configured?: string) {
  const shell = openShell();
  onTestFinished(shell.remove);
  if (configured !== undefined) await shell.run(`convo config set ${configured}`);
  const items = Array.from({ length: 45 }, (_, index) => ({
    type: 'message',
    role: 'user',
    content: `m${index}`,
  }));
  writeFileSync(join(shell.directory, '45.json'), JSON.stringify({ items }));
  let running: Running | undefined;
  const url = await serving((target) => {
    if (target === path) running?.signal(signal);
    return target !== path;
  });
  running = shell.start(`exec convo create -p openai 45.json ${flags}`, {
    OPENAI_API_KEY: 'key-of-nobody',
    OPENAI_BASE_URL: url,
  });
  running.end();
  return running.ended;
}

/** Something that answers posts with a conversation, as long as it wants to. */
async function serving(answers: (path: string) => boolean): Promise<string> {
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      if (!answers(request.url?.replace(/\?.*/, '') ?? '')) return;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ id: 'conv_1', object: 'conversation', created_at: 1, metadata: {} }));
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}
