import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { arrayOf, linesOf } from './conversations.mjs';
import { median } from './measure.mjs';

const mapping = readFileSync(new URL('openai-to-looker.jq', import.meta.url), 'utf8');
const peakMemory = new URL('peak-memory.cjs', import.meta.url).pathname;

/** Through nothing but JSON.parse and JSON.stringify, a line at a time. */
const bare = `
  const lines = require('node:readline').createInterface({
    input: require('node:fs').createReadStream(process.argv[1], { highWaterMark: 2 ** 18 }),
  });
  let done = [];
  const flush = () => process.stdout.write(done.splice(0).join(''));
  lines.on('line', (line) => done.push(JSON.stringify(JSON.parse(line)) + '\\n') < 500 || flush());
  lines.on('close', flush);
`;

/**
 * What converting costs beside jq, which makes the same of it: lines of short and of long conversations, and an array.
 * Then the memory that a big file takes. Sizes are in MB.
 *
 * @param {{ launcher: string, folder: string, environment: NodeJS.ProcessEnv, rounds: number, size: number, big: number }} setup
 * @param {(line: string) => void} say
 */
export function compareConverting({ launcher, folder, environment, rounds, size, big }, say) {
  const convert = ['-r', peakMemory, launcher, 'convert', '--from', 'openai', '--to', 'looker'];
  const convo = (file) => ({ program: process.execPath, words: [...convert, file] });
  const compare = (name, peers) => say(row(name, measure(peers, { environment, rounds })));
  const withJq = spawnSync('jq', ['--version']).status === 0;

  say(
    `\nconvert, openai to looker: MB a second, medians of ${rounds} rounds${withJq ? '' : '; jq is not installed'}`,
  );
  for (const messages of [2, 10]) {
    const file = join(folder, `${messages}.ndjson`);
    writeFileSync(file, linesOf(size * 1e6, messages));
    if (withJq) refuseOther(file, folder, [convo, (few) => jq(few, mapping)], environment);
    compare(`NDJSON, ${messages} messages each`, {
      convo: { ...convo(file), size },
      ...(withJq && { jq: { ...jq(file, mapping), size } }),
      'parse and stringify': { program: process.execPath, words: ['-e', bare, file], size },
    });
  }
  const [array, tenth] = [join(folder, 'array.json'), join(folder, 'tenth.json')];
  writeFileSync(array, arrayOf(size * 1e6, 2));
  writeFileSync(tenth, arrayOf(size * 1e5, 2));
  const streaming = `fromstream(1 | truncate_stream(inputs)) | ${mapping}`;
  compare('one array', {
    convo: { ...convo(array), size },
    // A tenth of it, as all of it would take minutes.
    ...(withJq && { 'jq --stream': { ...jq(tenth, streaming, '-n', '--stream'), size: size / 10 } }),
  });
  const file = join(folder, 'big.ndjson');
  repeat(linesOf(100e6, 2), Math.round(big / 100), file);
  compare(`NDJSON, ${big} MB`, { convo: { ...convo(file), size: big } });
}

function jq(file, filter, ...options) {
  return { program: 'jq', words: ['-c', ...options, filter, file] };
}

/** @throws if two programs do not make the same of the first lines of a file: then there is nothing to compare. */
function refuseOther(file, folder, programs, environment) {
  const few = join(folder, 'few.ndjson');
  writeFileSync(few, readFileSync(file, 'utf8').split('\n').slice(0, 500).join('\n'));
  const [left, right] = programs.map((open) => {
    const { program, words } = open(few);
    return spawnSync(program, words, { env: environment, stdio: ['ignore', 'pipe', 'ignore', 'ignore'] })
      .stdout;
  });
  if (!left.equals(right)) throw new Error(`not the same is made of ${file}`);
}

function repeat(text, times, file) {
  const descriptor = openSync(file, 'w');
  for (let count = 0; count < times; count += 1) writeSync(descriptor, text);
  closeSync(descriptor);
}

/** Each program in turn, once a round: MB a second, and the most memory where it says so. */
function measure(programs, { environment, rounds }) {
  const runs = Object.fromEntries(Object.keys(programs).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, one] of Object.entries(programs)) runs[name].push(run(one, environment));
  }
  return Object.entries(runs).map(([name, list]) => ({
    name,
    speed: median(list.map(({ speed }) => speed)),
    memory: Math.max(...list.map(({ memory }) => memory)),
  }));
}

function run({ program, words, size }, environment) {
  const nowhere = openSync('/dev/null', 'w');
  const start = performance.now();
  const { status, output } = spawnSync(program, words, {
    env: environment,
    stdio: ['ignore', nowhere, 'pipe', 'pipe'],
  });
  const seconds = (performance.now() - start) / 1000;
  closeSync(nowhere);
  if (status !== 0) throw new Error(`${program} ${words.join(' ')}: ${output[2]}`);
  return { speed: size / seconds, memory: Number(output[3]) };
}

function row(name, [own, ...others]) {
  const memory = `${own.memory.toFixed(0)} MB of memory`;
  const beside = others.map(
    (other) => `${(own.speed / other.speed).toFixed(2)}x ${other.name} (${other.speed.toFixed(1)})`,
  );
  return `${name.padEnd(24)} ${[`${own.speed.toFixed(1)}, ${memory}`, ...beside].join('; ')}`;
}
