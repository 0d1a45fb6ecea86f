import { describe, expect, it } from 'vitest';
import { fakeContext } from '../support/world.ts';

const good = '{"conversation_id":"a","timestamp":"2026-01-01T00:00:00Z"}';
const broken = `{
  "id": "conv_1", "object": "conversation", "created_at": 1, "metadata": {},
  "items": [
    { "type": "message", "role": 7, "content": "hi", "phase": "final_anser" }
  ]
}
`;
const brokenText = `broken.json:4:34: error: /items/0/role: expected string, found number 7
    4 |     { "type": "message", "role": 7, "content": "hi", "phase": "final_anser" }
      |                                  ^
broken.json:4:63: warning: /items/0/phase: "final_anser" is not documented; did you mean "final_answer"?
    4 |     { "type": "message", "role": 7, "content": "hi", "phase": "final_anser" }
      |                                                               ^
`;

describe('validate', () => {
  it('shows every problem in its place with the source line, and the count on stderr', async () => {
    const world = fakeContext({ files: { 'broken.json': broken } });
    expect(await world.run('validate', 'broken.json')).toBe(3);
    expect(world.stdout()).toBe(brokenText);
    expect(world.stderr()).toBe('convo: 1 error and 1 warning in 1 conversation\n');
  });

  it('prints the same text to a pipe and to a terminal', async () => {
    const world = fakeContext({
      files: { 'broken.json': broken },
      isTTY: true,
      environment: { NO_COLOR: '1' },
    });
    expect(await world.run('validate', 'broken.json')).toBe(3);
    expect(world.stdout()).toBe(brokenText);
  });

  it('says that all is well, and prints nothing to stdout', async () => {
    const world = fakeContext({ stdin: `${good}\n${good}\n${good}\n` });
    expect(await world.run('validate')).toBe(0);
    expect([world.stdout(), world.stderr()]).toEqual(['', 'convo: 3 conversations are valid\n']);
  });

  it('accepts what is not documented with a warning, and refuses it with --strict', async () => {
    const files = { 'odd.json': good.replace('{', '{"agent_nmae":"x",') };
    const lenient = fakeContext({ files });
    expect(await lenient.run('validate', 'odd.json')).toBe(0);
    expect(lenient.stdout()).toContain(
      'odd.json:1:2: warning: /agent_nmae: unknown member "agent_nmae"; did you mean "agent_name"?',
    );
    expect(lenient.stderr()).toBe('convo: 1 warning in 1 conversation\n');
    const strict = fakeContext({ files });
    expect(await strict.run('validate', '--strict', 'odd.json')).toBe(3);
    expect(strict.stdout()).toContain('odd.json:1:2: error: /agent_nmae: unknown member');
  });

  it('goes on after records that are broken in any way, line by line', async () => {
    const lines = [
      good,
      '{"conversation_id":"b","timestamp":12345678901234567890}',
      '{"conversation_id":"b","timestamp":"2026-01-01T00:00:00Z","a":1,"a":2}',
      '7',
      '{"a":1}',
      '{"convo":1,',
      good.replace('2026-01-01T00:00:00Z', 'today'),
    ];
    const world = fakeContext({ files: { 'all.ndjson': lines.join('\n') } });
    expect(await world.run('validate', 'all.ndjson', '-o', 'ndjson')).toBe(3);
    const found: unknown[] = world
      .stdout()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(found).toEqual([
      expect.objectContaining({
        line: 2,
        column: 36,
        expected: 'a number that can be kept exactly',
        found: 'number 12345678901234567890',
      }),
      expect.objectContaining({ line: 3, column: 65, expected: 'each key once', found: '"a" a second time' }),
      expect.objectContaining({ line: 4, column: 1, expected: 'object', found: 'number 7' }),
      expect.objectContaining({
        line: 5,
        column: 1,
        expected: 'the marks of one format',
        found: 'the marks of no format',
      }),
      expect.objectContaining({ line: 6, expected: 'more JSON', found: 'the end' }),
      expect.objectContaining({ line: 7, path: '/timestamp', found: 'string "today"' }),
    ]);
    expect(world.stderr()).toBe(
      '{"error":{"code":"invalid","message":"6 errors in 6 of 7 conversations","retryable":false}}\n',
    );
  });

  it('names the flag that decides where the marks do not', async () => {
    const world = fakeContext({ stdin: '{"a":1}' });
    expect(await world.run('validate')).toBe(3);
    expect(world.stdout()).toContain('<stdin>:1:1: error: cannot tell which format this is');
    expect(world.stdout()).toContain('--format <format>');
  });

  it('finds bytes that are no UTF-8 and still checks the other lines', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${good}\n{"conversation_id":"`),
      Buffer.from([0xe9]),
      Buffer.from('"}\n7\n'),
    ]);
    const world = fakeContext({ files: { 'all.ndjson': bytes } });
    expect(await world.run('validate', '--format', 'syllable', 'all.ndjson')).toBe(3);
    const places = world
      .stdout()
      .split('\n')
      .filter((line) => line.startsWith('all.ndjson'));
    expect(places.map((line) => line.slice(0, 60))).toEqual(
      [
        'all.ndjson:2:1: error: /timestamp: required, but missing: exp',
        'all.ndjson:2:21: error: this is not UTF-8: the byte 0xE9 does',
        'all.ndjson:3:1: error: a conversation is an object: expected ',
      ].map((line) => line.slice(0, 60)),
    );
    expect(world.stderr()).toBe('convo: 3 errors in 2 of 3 conversations\n');
  });

  it('reports UTF-16 with half a character and goes on with the next file', async () => {
    const world = fakeContext({ files: { a: new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d]), b: good } });
    expect(await world.run('validate', 'a', 'b')).toBe(3);
    expect(world.stdout()).toMatch(/^a:1:2: error: this is not UTF-16/);
    expect(world.stderr()).toBe('convo: 1 error in 1 of 2 conversations\n');
  });

  it.each([
    ['lines', 'all.ndjson', '', '\n'],
    ['an array', 'all.json', '[', ','],
  ])('finds the same in %s of any size as in all of it at once', async (_, name, before, between) => {
    const records = Array.from({ length: 8000 }, (__, index) => {
      if (index % 1000 === 7)
        return Buffer.from('{"conversation_id":"caf\xe9 \xff","timestamp":1}', 'latin1');
      return Buffer.from(index % 1000 === 8 ? good.replace('"a"', 'null') : good);
    });
    const bytes = Buffer.concat([
      Buffer.from(before),
      ...records.flatMap((record) => [record, Buffer.from(between)]),
      // Broken, and then not even text.
      Buffer.concat([Buffer.from('{"a":1,"a":2}'), Buffer.from('\n\xff\n\xe9'.repeat(2000), 'latin1')]),
    ]);
    const [whole, inPieces] = [undefined, 1000].map((chunkSize) =>
      fakeContext({ files: { [name]: bytes }, ...(chunkSize !== undefined && { chunkSize }) }),
    );
    expect(await whole?.run('validate', name)).toBe(3);
    expect(await inPieces?.run('validate', name)).toBe(3);
    expect(whole?.stdout()).toContain('this is not UTF-8: the byte 0xE9');
    expect(inPieces?.stdout()).toBe(whole?.stdout());
    expect(inPieces?.stderr()).toBe(whole?.stderr());
  });

  it('prints an array of flat objects as JSON, an element a line', async () => {
    const world = fakeContext({ files: { 'broken.json': broken } });
    await world.run('validate', 'broken.json', '-o', 'json');
    const elements: unknown = JSON.parse(world.stdout());
    expect(elements).toMatchObject([{}, {}]);
    expect(world.stdout().split('\n')[1]).toBe(
      '{"file":"broken.json","line":4,"column":34,"path":"/items/0/role","severity":"error",' +
        '"expected":"string","found":"number 7","message":"expected string, found number 7"},',
    );
  });

  it('prints an empty array and a silent stderr where all is well', async () => {
    const world = fakeContext({ stdin: good });
    expect(await world.run('validate', '-o', 'json')).toBe(0);
    expect([world.stdout(), world.stderr()]).toEqual(['[]\n', '']);
  });

  it.each([
    ['nothing', ''],
    ['white space', ' \n'],
    ['an empty array', '[]'],
  ])('fails on %s, as there is nothing to validate', async (_, stdin) => {
    const world = fakeContext({ stdin });
    expect(await world.run('validate')).toBe(3);
    expect(world.stderr()).toBe('convo: there is nothing to validate: the input is empty\n');
  });

  it('warns of an empty file among others', async () => {
    const world = fakeContext({ files: { a: good, b: '' } });
    expect(await world.run('validate', 'a', 'b')).toBe(0);
    expect(world.stderr()).toBe(
      'convo: warning: b has nothing to validate in it\nconvo: 1 conversation is valid\n',
    );
  });

  it('checks the other files before it fails for one that cannot be read', async () => {
    const world = fakeContext({ files: { 'broken.json': broken } });
    expect(await world.run('validate', 'nope.json', 'broken.json')).toBe(2);
    expect(world.stdout()).toBe(brokenText);
    expect(world.stderr()).toBe(
      'convo: there is no file nope.json\n' +
        'convo: 1 of 2 files could not be read; 1 error and 1 warning in 1 conversation\n',
    );
  });

  it('prints nothing with -q, and tells by its exit code', async () => {
    const files = { a: good, 'broken.json': broken };
    const world = fakeContext({ files });
    expect(await world.run('validate', '-q', 'a')).toBe(0);
    expect(await world.run('validate', '-q', 'a', 'broken.json')).toBe(3);
    expect(await world.run('validate', '-q', '-o', 'json')).toBe(3);
    expect([world.stdout(), world.stderr()]).toEqual(['', '']);
  });

  it('shows control characters of the data as what they are', async () => {
    const world = fakeContext({
      files: { 'a\u001b[2J.json': '{"conversation_id":"\u001b]0;x","timestamp":1}' },
    });
    expect(await world.run('validate', 'a\u001b[2J.json')).toBe(3);
    // oxlint-disable-next-line no-control-regex -- control characters are what this is about.
    expect(world.stdout()).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
    const [, source = '', caret = ''] = world.stdout().split('\n');
    expect(source.charAt(caret.indexOf('^'))).toBe('\\');
  });

  it('puts the caret below the place, after wide characters and tabs too', async () => {
    const world = fakeContext({ stdin: '\t{"conversation_id":"会話","timestamp":1}' });
    await world.run('validate');
    const [first, source, caret = ''] = world.stdout().split('\n');
    expect(first).toMatch(/^<stdin>:1:38:/);
    expect(source).toBe('    1 |  {"conversation_id":"会話","timestamp":1}');
    // Two characters before it take two columns each.
    expect(caret.indexOf('^')).toBe((source ?? '').indexOf('1}') + 2);
  });

  it('checks what creates a conversation with --request', async () => {
    const world = fakeContext({ stdin: '{"metadata":{"topic":5}}' });
    expect(await world.run('validate', '--format', 'openai', '--request')).toBe(3);
    expect(world.stdout()).toContain('/metadata/topic: expected string, found number 5');
    expect(await fakeContext().run('validate', '--format', 'syllable', '--request', '-')).toBe(6);
    expect(await fakeContext().run('validate', '--record', '--request', '-')).toBe(2);
  });

  it('names the nearest format', async () => {
    const world = fakeContext();
    expect(await world.run('validate', '--format', 'opnai', '-')).toBe(2);
    expect(world.stderr()).toContain('did you mean openai?');
  });
});
