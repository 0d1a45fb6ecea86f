import { existsSync } from 'node:fs';
import { describe, expect, it, type TestContext } from 'vitest';
import { openShell, type Shell } from '../support/shell.ts';

const many = `node -e '
for (let n = 1000; n < 1006; n++) {
  const text = "word ".repeat(175000);
  console.log(JSON.stringify({ id: "conv_" + n, object: "conversation", created_at: n, metadata: {},
    items: [{ type: "message", role: "user", content: text }] }));
}' | while read -r line; do echo "$line" | convo create -q; done >/dev/null`;

describe.concurrent('pipes', () => {
  it('a reader that leaves ends list, show and convert quietly', async ({ onTestFinished }) => {
    const { run } = open(onTestFinished);
    await run(many);
    for (const command of [
      'convo list --as native -o ndjson',
      'convo list --as native',
      'convo list -q | convo show - -o ndjson',
      'convo list --as native -o ndjson | convo convert --to convo',
    ]) {
      const outcome = await run(`${command} | head -c 1 >/dev/null; exit \${PIPESTATUS[-2]}`);
      expect(outcome, command).toEqual({ stdout: '', stderr: '', code: 0 });
    }
  });

  it('a slow reader of 5 MB gets one whole JSON value', async ({ onTestFinished }) => {
    const { run } = open(onTestFinished);
    await run(many);
    const slow = `node -e '
      const parts = [];
      const read = () => {
        const part = process.stdin.read(65536) ?? process.stdin.read();
        if (part === null) return process.stdin.once("readable", read);
        parts.push(part);
        setImmediate(() => setTimeout(read, 1));
      };
      process.stdin.once("readable", read);
      process.stdin.on("end", () => {
        const text = Buffer.concat(parts).toString();
        console.log(text.length > 5e6, JSON.parse(text).length);
      });'`;
    const outcome = await run(`convo list --as native -o json | ${slow}; exit \${PIPESTATUS[0]}`);
    expect(outcome).toEqual({ stdout: 'true 6\n', stderr: '', code: 0 });
  });

  it('a writing command goes on when nobody reads what it prints', async ({ onTestFinished }) => {
    const { run } = open(onTestFinished);
    const outcome = await run(
      'for n in 1 2 3; do convo create --title "$n" -q; done | head -1 >/dev/null; convo list -q | wc -l',
    );
    expect(outcome).toEqual({ stdout: '3\n', stderr: '', code: 0 });
  });

  it.skipIf(!existsSync('/dev/full'))('a full disk is an error', async ({ onTestFinished }) => {
    const { run } = open(onTestFinished);
    for (const command of [
      'convo list',
      'convo --help',
      'convo create --title Demo',
      'convo completion bash',
    ]) {
      const { stderr, code } = await run(`${command} >/dev/full`);
      expect({ command, code }).toEqual({ command, code: 1 });
      expect(stderr).toBe('convo: stdout cannot be written: no space left on device\n');
    }
  });

  it('closed streams are no crash', async ({ onTestFinished }) => {
    const { run } = open(onTestFinished);
    await run('convo create "$FIXTURES/openai/created.json"');
    for (const command of [
      'convo list',
      'convo show conv_123',
      'convo show none',
      'convo validate',
      'convo lst',
    ]) {
      for (const closed of ['<&-', '>&-', '2>&-', '>&- 2>&-', '<&- >&- 2>&-']) {
        const { stdout, stderr, code } = await run(`${command} ${closed}`);
        expect(`${stdout}${stderr}`, `${command} ${closed}`).not.toMatch(/^\s+at |node:internal/m);
        expect([0, 1, 2, 3, 4], `${command} ${closed}`).toContain(code);
      }
    }
  });

  it('a stdout that cannot be written says so in stderr where JSON was asked for too', async ({
    onTestFinished,
  }) => {
    const { run } = open(onTestFinished);
    const { stderr } = await run('convo list -o json >/dev/full');
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'internal' } });
  });
});

function open(onTestFinished: TestContext['onTestFinished']): Shell {
  const shell = openShell();
  onTestFinished(shell.remove);
  return shell;
}
