import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resumeCommand, takingValues } from '../../src/commands/bulk/resume.ts';
import { copyCommand } from '../../src/commands/copy/index.ts';
import { createCommand } from '../../src/commands/create/index.ts';
import { fakeContext } from '../support/world.ts';

const command = (...words: readonly string[]): string => resumeCommand({ words, environment: {} });

describe('the command that goes on', () => {
  it('is the same one for a shell, whatever its words are', () => {
    // An empty word ends a list that is told apart by zeros, and zeros are in no word.
    const word = fc.string({ unit: 'binary', minLength: 1 }).map((text) => text.replaceAll('\0', 'x'));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), (words) => {
        const line = resumeCommand({ words: words.map((each) => `_${each}`), environment: {} });
        const script = `convo() { printf '%s\\0' "$@"; }\n${line}`;
        const environment = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8' };
        const read = execFileSync('bash', ['--norc', '-c', script], {
          env: environment,
          stdio: ['ignore', 'pipe', 'inherit'],
        }).toString();
        expect(read.split('\0').slice(0, -1)).toEqual(
          words.map((each) => `_${Buffer.from(each).toString()}`),
        );
        expect(line).not.toMatch(/[\p{Cc}\u202e]/u);
      }),
      { numRuns: 30 },
    );
  });

  it('says what a person can read', () => {
    expect(command('create', "it's.ndjson", '--title', 'a\nb', '-q')).toBe(
      "convo create 'it'\\''s.ndjson' --title $'a\\nb' -q",
    );
  });

  it.each([
    [['create', 'r', '--again', '-q'], 'convo create r -q'],
    [['create', 'r', '--title', '--again'], 'convo create r --title --again'],
    [['create', 'r', '-qm', '--again', '--again'], 'convo create r -qm --again'],
    [['create', 'r', '--title', '-m', '--again'], 'convo create r --title -m'],
    [['create', 'r', '-q', '--', '--again'], 'convo create r -q -- --again'],
    [['create', 'r', '--title', '--', '--again'], 'convo create r --title --'],
  ])('of %j leaves out what was for one run, and nothing else', (words, expected) => {
    expect(command(...words)).toBe(expected);
  });

  it('knows which flags take a value', () => {
    const { context } = fakeContext();
    const flags = [createCommand(context), copyCommand(context)]
      .flatMap(({ options }) => options)
      .filter(({ required }) => required)
      .flatMap(({ short, long }) => [short, long].filter((flag) => typeof flag === 'string'));
    expect(takingValues).toEqual(new Set(flags));
  });

  it.each([
    [['create', 'r'], 'convo create r -p work'],
    [['create', '--title', '-p', 'r'], 'convo create --title -p r -p work'],
    [['create', '--', '-r'], 'convo create -p work -- -r'],
    [['create', 'r', '-p', 'other'], 'convo create r -p other'],
    [['create', 'r', '-qpother'], 'convo create r -qpother'],
    [['create', 'r', '--provider=other'], 'convo create r --provider=other'],
  ])('of %j names the provider that the environment named', (words, expected) => {
    const environment = { CONVO_PROVIDER: 'work' };
    expect(resumeCommand({ words, environment }, { path: 'r', takesProvider: true })).toBe(expected);
  });

  it.each([
    ['-', '… | convo create -'],
    ['/dev/stdin', '… | convo create /dev/stdin'],
    ['/dev/fd/63', '… | convo create -'],
    ['/proc/self/fd/3', '… | convo create -'],
    ['/dev/shm/r', 'convo create /dev/shm/r'],
  ])('has to be given what came through %s', (path, expected) => {
    expect(resumeCommand({ words: ['create', path], environment: {} }, { path })).toBe(expected);
  });
});
