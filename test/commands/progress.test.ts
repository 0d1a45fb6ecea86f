import { describe, expect, it } from 'vitest';
import { type FakeOptions, fakeContext } from '../support/world.ts';

const lines = Array.from(
  { length: 20 },
  (_, index) => `{"items":[{"type":"message","role":"user","content":"hi ${index}"}]}\n`,
).join('');

/** What a terminal takes away what it shows for. */
const clearing = ['\u001B[2K', '\u001B[1G', '\u001B[0K', '\u001B[K'];

/** What a terminal shows in the end: each line is what was drawn since it was last cleared. */
function shown(text: string): string {
  return text
    .split('\n')
    .map(
      (line) =>
        clearing
          .reduce((rest, code) => rest.replaceAll(code, '\r'), line)
          .split('\r')
          .at(-1) ?? '',
    )
    .join('\n');
}

async function create(words: readonly string[], options: FakeOptions) {
  const world = fakeContext({ files: { 'r.ndjson': lines }, stdin: lines, ...options });
  expect(await world.run('create', ...words)).toBe(0);
  return { stdout: world.stdout(), stderr: world.stderr() };
}

describe('the progress of many', () => {
  const isTTY = { stderr: true };

  it('is a bar with the rate and the time left, on a terminal, and leaves nothing behind', async () => {
    const { stdout, stderr } = await create(['r.ndjson', '-q'], { isTTY, environment: { NO_COLOR: '1' } });
    expect(stderr).toMatch(/\[[#-]{20}\] 4%, 1 done, [\d.]+\/s, \S+ left/);
    expect(stdout.split('\n')).toHaveLength(21);
    expect(shown(stderr)).toBe('20 created\n');
  });

  it('is a count and the rate where nobody knows how much there is', async () => {
    const { stderr } = await create(['-', '-q'], { isTTY, environment: { NO_COLOR: '1' } });
    expect(stderr).toMatch(/1 done, [\d.]+\/s/);
    expect(stderr).not.toContain('%');
    expect(shown(stderr)).toBe('20 created\n');
  });

  it('tells how many failed', async () => {
    const world = fakeContext({ files: { 'r.ndjson': `{"items":1}\n${lines}` }, isTTY });
    expect(await world.run('create', 'r.ndjson', '-q')).toBe(9);
    expect(world.stderr()).toMatch(/\d done, 1 failed, [\d.]+\/s/);
  });

  it.each([
    ['where stderr is no terminal', {}, []],
    ['at a terminal that cannot move its cursor', { isTTY, environment: { TERM: 'dumb' } }, []],
    ['of a dry run', { isTTY }, ['--dry-run']],
  ])('is not shown %s', async (_, options, words) => {
    const { stderr } = await create(['r.ndjson', '-o', 'ndjson', ...words], options);
    expect(stderr).not.toContain('\r');
    expect(stderr).not.toContain('done');
  });
});
