// What the program costs, in proportion to `node -e 0`, which is what any program on Node costs at least. For people
// to look at: nothing fails. `npm run bench -- --rounds 5 --store 10000 --size 20 --big 200` for a quick look.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { idOf, requestOf, writeStore } from './conversations.mjs';
import { compareConverting } from './converting.mjs';
import { compareCreating } from './creating.mjs';
import { measure, median, ratioOf } from './measure.mjs';
import { measureServing } from './serving.mjs';
import { environmentFor, installPacked } from './subject.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '21' },
    store: { type: 'string', default: '100000' },
    size: { type: 'string', default: '120' },
    big: { type: 'string', default: '2000' },
  },
});
const rounds = Number(values.rounds);
const many = Number(values.store);
const few = 1000;
/** MB of what is converted. */
const [size, big] = [Number(values.size), Number(values.big)];
const baseline = 'node -e 0';

const folder = mkdtempSync(join(tmpdir(), 'convo-bench-'));
try {
  await compareAll();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function compareAll() {
  say(`Node ${process.version}, ${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown processor'}`);
  say(`medians of ${rounds} rounds; ratios are to \`${baseline}\` of the same round`);
  say(`preparing the packed program and a store of ${many} …\n`);
  const launcher = installPacked(folder);
  await writeStore(folder, 'many', many);
  await writeStore(folder, 'few', few);
  writeFileSync(join(folder, 'request.json'), JSON.stringify(requestOf(10_000)));

  say(row(['what', 'median ms', 'ratio', 'target', '']));
  compareReading(launcher);
  compareWriting(launcher);
  await compareCalling(launcher);
  compareConverting(
    { launcher, folder, environment: environmentFor(folder, 'many'), rounds: Math.min(rounds, 5), size, big },
    say,
  );
  const bulk = { launcher, folder, environmentFor: (data) => environmentFor(folder, data), count: many };
  compareCreating(bulk, say);
  await compareServing(launcher);
}

/** What leaves the stores as they are. The first `list`, untimed, builds the index. */
function compareReading(launcher) {
  const newest = ['list', '--limit', '20'];
  const largeList = `list, newest 20 of ${many}`;
  const smallList = `list, newest 20 of ${few}`;
  const times = measure(
    {
      [baseline]: node('many', '-e', '0'),
      '--version': node('many', launcher, '--version'),
      '--help': node('many', launcher, '--help'),
      'completion bash': node('many', launcher, 'completion', 'bash'),
      'validate, 10 kB': node('many', launcher, 'validate', 'request.json'),
      [`show, of ${many}`]: node('many', launcher, 'show', idOf(many - 1)),
      [`show as a table, of ${many}`]: node('many', launcher, 'show', idOf(many - 1), '-o', 'table'),
      [largeList]: node('many', launcher, ...newest),
      [`${largeList}, a table`]: node('many', launcher, ...newest, '-o', 'table'),
      [smallList]: node('few', launcher, ...newest),
    },
    rounds,
  );
  for (const [name, taken] of Object.entries(times)) {
    report(name, taken, times[baseline], name === baseline ? undefined : targetOf(name));
  }
  const growth = ratioOf(times[largeList], times[smallList]);
  say(row([`list, ${many} to ${few}`, '', ...verdict(growth, 1.5)]));
}

function targetOf(name) {
  return name.startsWith('-') || name.startsWith('completion') ? 1.8 : 3;
}

function compareWriting(launcher) {
  const name = `create, 10 kB, among ${many}`;
  const create = node('many', launcher, 'create', 'request.json', '-q');
  const times = measure({ [baseline]: node('many', '-e', '0'), [name]: create }, rounds);
  report(name, times[name], times[baseline], 3);
}

/** One call to a system on this machine, which answers at once. */
async function compareCalling(launcher) {
  const server = spawn(process.execPath, [new URL('answering-server.mjs', import.meta.url).pathname], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [line] = await once(server.stdout, 'data');
    const name = 'create at a system, one call';
    const create = node('remote', launcher, 'create', '-p', 'openai', '--metadata', 'topic=demo', '-q');
    create.environment.OPENAI_BASE_URL = JSON.parse(line).url;
    create.environment.OPENAI_API_KEY = 'key-of-the-bench';
    const times = measure({ [baseline]: node('remote', '-e', '0'), [name]: create }, rounds);
    report(name, times[name], times[baseline], 5.5);
  } finally {
    server.kill();
  }
}

/** Reading one conversation and making one, 32 requests at once, beside the server library with nothing behind it. */
async function compareServing(launcher) {
  const environment = environmentFor(folder, 'served');
  const rates = await measureServing({
    launcher,
    directory: folder,
    environment,
    rounds: Math.min(rounds, 5),
    requests: 2000,
  });
  const told = (name) =>
    `${Math.round(rates[name])} a second (${(rates[name] / rates.constant).toFixed(2)}x)`;
  say(`\nserve: get a conversation ${told('show')}, create one ${told('create')}`);
  say(`a bare server of the same library: ${Math.round(rates.constant)} a second`);
}

function node(data, ...words) {
  return { words, directory: folder, environment: environmentFor(folder, data) };
}

function report(name, taken, base, target) {
  say(row([name, median(taken).toFixed(1), ...verdict(ratioOf(taken, base), target)]));
}

function verdict(ratio, target) {
  if (target === undefined) return [ratio.toFixed(2), '', ''];
  return [ratio.toFixed(2), `<= ${target}`, ratio <= target ? 'ok' : 'over'];
}

function row([what, ...cells]) {
  return [what.padEnd(40), ...cells.map((cell) => cell.padStart(9))].join(' ').trimEnd();
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
