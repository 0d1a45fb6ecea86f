import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openShell } from '../support/shell.ts';
import { type Outcome, parseTranscript, renderSession, withoutVolatile } from '../support/transcript.ts';

// Each file is a story: its commands are run by bash, in order, in one fresh directory. `UPDATE=1` rewrites what
// they print.
const stories = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.md'));

describe.concurrent('the built program', () => {
  for (const story of stories) {
    it(`does as ${story} says`, { timeout: 60_000 }, async () => {
      const file = join(import.meta.dirname, story);
      const told = readFileSync(file, 'utf8');
      const played = await play(told);
      if (process.env['UPDATE']) writeFileSync(file, played);
      else expect(played).toBe(told);
    });
  }
});

async function play(told: string): Promise<string> {
  const shell = openShell();
  const changing = {
    fixed: told,
    startedAt: Date.now(),
    names: [
      [shell.directory, '<dir>'],
      [shell.home, '<home>'],
      [join(import.meta.dirname, '../fixtures'), '<fixtures>'],
    ] as const,
  };
  try {
    let played = '';
    for (const part of parseTranscript(told)) {
      if (part.kind === 'file') {
        const path = join(shell.directory, part.name);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, part.content);
      }
      if (part.kind !== 'session') {
        played += part.text;
        continue;
      }
      const outcomes: Outcome[] = [];
      for (const command of part.commands) {
        const { stdout, stderr, code } = await shell.run(command);
        outcomes.push({
          stdout: withoutVolatile(stdout, changing),
          stderr: withoutVolatile(stderr, changing),
          code,
        });
      }
      played += renderSession(part.commands, outcomes);
    }
    return played;
  } finally {
    shell.remove();
  }
}
