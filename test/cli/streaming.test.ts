import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, type TestContext } from 'vitest';
import { launcher, openShell, type Shell } from '../support/shell.ts';

const record = (index: number): string =>
  JSON.stringify({ id: `conv_${index}`, object: 'conversation', created_at: index, metadata: {} });
const line = (index: number): string =>
  `{"convo":1,"id":"conv_${index}","created_at":"1970-01-01T00:00:0${index}Z","metadata":{}}\n`;
const lines = (...indexes: readonly number[]): string => indexes.map((each) => `${record(each)}\n`).join('');

/** Says on its standard error how many megabytes a program took at most. */
const watch = `process.on('exit', () => {
  require('node:fs').writeFileSync('memory', String(process.resourceUsage().maxRSS / 1024));
});`;

/** Prints some 60 MB of records, in any container. */
const generator = `
const [before, between, after] = JSON.parse(process.argv[2]);
const text = 'What became of my order? '.repeat(160);
const items = [{ type: 'message', role: 'user', content: text }, { type: 'message', role: 'user', content: 'é' }];
let index = 0;
const print = () => {
  for (; index < 15000; index++) {
    const record = { id: 'conv_' + index, object: 'conversation', created_at: index, metadata: {}, items };
    if (!process.stdout.write((index === 0 ? before : between) + JSON.stringify(record))) {
      index++;
      return process.stdout.once('drain', print);
    }
  }
  process.stdout.write(after);
};
print();`;

const containers = [
  ['NDJSON', ['', '\n', '\n']],
  ['an array', ['[', ',', ']']],
  ['values one behind the other', ['', '', '']],
] as const;

describe('much input', () => {
  it.each(containers)('is converted and validated in little memory: %s', async (_, frame) => {
    const shell = openShell();
    try {
      writeFileSync(join(shell.directory, 'watch.cjs'), watch);
      writeFileSync(join(shell.directory, 'generator.cjs'), generator);
      const source = `node generator.cjs '${JSON.stringify(frame)}'`;
      for (const [command, answer] of [
        ['convert --to openai', /^62[67]\d{5}\n$/],
        ['validate', /^0\n$/],
      ] as const) {
        const program = `node --require ./watch.cjs ${launcher} ${command} 2>said`;
        const { stdout, code } = await shell.run(`${source} | ${program} | wc -c; exit \${PIPESTATUS[1]}`);
        expect([stdout, code], command).toEqual([expect.stringMatching(answer), 0]);
        expect(Number((await shell.run('cat memory')).stdout), command).toBeLessThan(256);
      }
      expect((await shell.run('cat said')).stdout).toBe('convo: 15000 conversations are valid\n');
    } finally {
      shell.remove();
    }
  });
});

const partOf = (name: string): string =>
  Array.from({ length: 9_000 }, (_, index) => {
    if (name === 'second' && index === 4_000) return '{"id":';
    const metadata = { topic: `${name} ${index} — “é”`, more: 'What became of my order? '.repeat(8) };
    return JSON.stringify({ id: `${name}_${index}`, object: 'conversation', created_at: index, metadata });
  }).join('\n');

describe('a large file', () => {
  // Each is small enough to be read in turn; together they are worked on side by side.
  const parts = ['first', 'second', 'third'];

  it('is converted in the order and with the words of small ones', async () => {
    const shell = openShell();
    try {
      for (const name of parts) writeFileSync(join(shell.directory, `${name}.ndjson`), `${partOf(name)}\n`);
      const convert = 'convo convert --to looker';
      const { code, stderr } = await shell.run(
        `cat first.ndjson second.ndjson third.ndjson > all.ndjson; ${convert} all.ndjson --out all --report lost`,
      );
      expect(code).toBe(9);
      expect(stderr).toContain('convo: all.ndjson:13001:7: ');
      expect(stderr).toContain('1 of 27000 records could not be converted');
      const each = await shell.run(
        `for name in ${parts.join(' ')}; do ${convert} $name.ndjson >> each 2>> said; done; cmp all each; wc -l < lost`,
      );
      expect(each.stdout).toBe('26999\n');
      expect((await shell.run('tail -n 1 lost')).stdout).toMatch(/^\{"record":26999,"id":"third_8999",/);
    } finally {
      shell.remove();
    }
  });
});

describe('a slow pipe', () => {
  it.each([
    ['', ''],
    ['a file that is a pipe', '--out /dev/stdout | cat'],
  ])('gets each record as it comes %s', async (_, out) => {
    const { start, remove } = openShell();
    try {
      const { type, shows, end, ended } = start(`convo convert --to convo ${out}`);
      type(lines(1, 2));
      await shows(line(1) + line(2));
      type(lines(3));
      await shows(line(3));
      type(record(4).slice(0, 9));
      type(`${record(4).slice(9)}\n${record(5)}`);
      await shows(line(4));
      type('\n');
      await shows(line(5));
      type('x\n');
      await shows('convo: <stdin>:6:1: expected a value but found "x"');
      type(lines(6));
      await shows(line(6));
      end();
      expect((await ended).stderr).toContain('1 of 7 records could not be converted');
    } finally {
      remove();
    }
  });

  it('is not waited for once nobody reads', async () => {
    const { start, remove } = openShell();
    try {
      const { type, shows, ended } = start('convo convert --to convo | head -n 1; echo over');
      type(lines(1, 2));
      await shows(line(1));
      type(lines(3));
      type(lines(4).repeat(20_000));
      await shows('over');
      expect((await ended).code).toBe(0);
    } finally {
      remove();
    }
  });
});

describe.concurrent('gzip', () => {
  it('is read and written by its name', async ({ onTestFinished }) => {
    const { run, directory } = open(onTestFinished);
    writeFileSync(join(directory, 'all.ndjson.gz'), gzipSync(lines(1)));
    expect(await run('convo convert --to convo all.ndjson.gz')).toEqual(printed(line(1)));
    writeFileSync(join(directory, 'all.JSON.GZ'), gzipSync(`[${record(1)}]`));
    expect(await run('convo convert --to convo all.JSON.GZ')).toEqual(printed(`[\n${line(1)}]\n`));
    expect(await run('convo validate all.ndjson.gz')).toEqual(said('convo: 1 conversation is valid\n'));
    expect(await run('convo create -q all.ndjson.gz')).toEqual({
      ...printed('conv_1\n'),
      stderr: '1 created\n',
    });
    writeFileSync(join(directory, 'topic.ndjson'), lines(1).replace('{}', '{"topic":"demo"}'));
    await run('convo convert --to looker topic.ndjson --out out.ndjson.gz --report lost.gz');
    expect((await run('gzip -dc out.ndjson.gz lost.gz')).stdout.split('\n')).toEqual([
      '{"id":"conv_1","created_at":"1970-01-01T00:00:01Z"}',
      expect.stringContaining('"path":"/metadata","kind":"dropped"'),
      '',
    ]);
  });

  it('may have several members', async ({ onTestFinished }) => {
    const { run, directory } = open(onTestFinished);
    const members = [lines(1), lines(2), '', lines(3)].map((text) => gzipSync(text));
    writeFileSync(join(directory, 'all.json.gz'), Buffer.concat(members));
    expect(await run('convo convert --to convo all.json.gz')).toEqual(printed(line(1) + line(2) + line(3)));
  });

  it('that is damaged, cut off or no gzip at all is a failure that names the file', async ({
    onTestFinished,
  }) => {
    const { run, directory } = open(onTestFinished);
    const whole = gzipSync(lines(1, 2));
    const damaged = Uint8Array.from(whole);
    damaged[whole.length - 6] = (damaged[whole.length - 6] ?? 0) ^ 1;
    for (const [name, bytes, message] of [
      ['cut.gz', whole.subarray(0, -3), 'cut.gz is cut off: its gzip data ends too early'],
      ['empty.gz', new Uint8Array(), 'empty.gz is cut off: its gzip data ends too early'],
      ['bad.gz', damaged, 'bad.gz is no gzip file or a damaged one: incorrect data check'],
      [
        'plain.gz',
        Buffer.from(lines(1)),
        'plain.gz is no gzip file or a damaged one: incorrect header check',
      ],
      [
        'more.gz',
        Buffer.concat([whole, Buffer.from('more')]),
        'more.gz is no gzip file or a damaged one: incorrect header check',
      ],
    ] as const) {
      writeFileSync(join(directory, name), bytes);
      for (const command of ['convert --to convo', 'validate', 'create']) {
        const outcome = await run(`convo ${command} ${name}`);
        expect(outcome, command).toMatchObject({ stderr: `convo: ${message}\n`, code: 2 });
      }
    }
  });
});

describe.concurrent('--out', () => {
  it('takes the place of a file when all is converted', async ({ onTestFinished }) => {
    const { run, directory } = open(onTestFinished);
    writeFileSync(join(directory, 'all.ndjson'), lines(1, 2));
    await run('echo old >out.json');
    expect(await run('convo convert --to convo --out out.json -o json all.ndjson')).toEqual(printed(''));
    expect((await run('cat out.json; ls')).stdout).toBe(
      `[\n${line(1).trimEnd()},\n${line(2)}]\nall.ndjson\nout.json\n`,
    );
    await run('convo convert --to openai --out all.ndjson all.ndjson');
    expect((await run('cat all.ndjson')).stdout).toBe(lines(1, 2));
    expect((await run('convo convert --to convo --out - all.ndjson')).stdout).toBe(line(1) + line(2));
  });

  it('has what could be converted of many, and leaves the file alone when the input cannot be read to its end', async ({
    onTestFinished,
  }) => {
    const { run, directory } = open(onTestFinished);
    writeFileSync(join(directory, 'some.ndjson'), `${lines(1)}x\n${lines(2)}`);
    writeFileSync(join(directory, 'cut.ndjson.gz'), gzipSync(lines(1)).subarray(0, -3));
    const some = await run('convo convert --to convo --out out some.ndjson');
    expect(some.code).toBe(9);
    expect((await run('cat out')).stdout).toBe(line(1) + line(2));
    for (const [command, code] of [
      ['convo convert --to convo --out out some.ndjson cut.ndjson.gz', 2],
      ['echo x | convo convert --to convo --out out', 3],
      ['convo convert --to convo --out out none', 2],
      ['convo convert --to convo --out out --report out some.ndjson', 2],
      ['convo convert --to convo --out none/out some.ndjson', 2],
      ['convo convert --to convo --report lost --out none/out some.ndjson', 2],
    ] as const) {
      expect((await run(command)).code, command).toBe(code);
      expect((await run('cat out; ls')).stdout, command).toBe(
        `${line(1)}${line(2)}cut.ndjson.gz\nout\nsome.ndjson\n`,
      );
    }
    expect((await run('convo convert --to convo --out none/out some.ndjson')).stderr).toBe(
      'convo: none/out cannot be written: there is no such folder\n',
    );
  });

  it.each(['', '.gz'])('that does not fit on the disk is one error (%s)', async (ending) => {
    const shell = openShell();
    try {
      writeFileSync(join(shell.directory, 'all.ndjson'), lines(1).repeat(20_000));
      await shell.run(`ln -s /dev/full full${ending}`);
      const { stderr, code } = await shell.run(`convo convert --to convo --out full${ending} all.ndjson`);
      expect([stderr, code]).toEqual([
        `convo: full${ending} cannot be written: no space left on device\n`,
        2,
      ]);
    } finally {
      shell.remove();
    }
  });
});

const printed = (stdout: string) => ({ stdout, stderr: '', code: 0 });
const said = (stderr: string) => ({ stdout: '', stderr, code: 0 });

function open(onTestFinished: TestContext['onTestFinished']): Shell {
  const shell = openShell();
  onTestFinished(shell.remove);
  return shell;
}
