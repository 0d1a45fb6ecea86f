import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requestLine } from './conversations.mjs';

/** Writes files beside their places and puts them there, one after the other; `fsync` first makes each durable. */
const bare = `
  const fs = require('node:fs');
  const [list, directory, durable] = process.argv.slice(1);
  const files = JSON.parse(fs.readFileSync(list, 'utf8'));
  for (const folder of new Set(files.map(([path]) => path.slice(0, path.lastIndexOf('/'))))) {
    fs.mkdirSync(directory + '/' + folder, { recursive: true });
  }
  const start = performance.now();
  for (const [path, text] of files) {
    const place = directory + '/' + path;
    const file = fs.openSync(place + '.tmp', 'wx');
    fs.writeSync(file, text);
    if (durable === 'yes') fs.fsyncSync(file);
    fs.closeSync(file);
    fs.renameSync(place + '.tmp', place);
  }
  process.stdout.write(String((performance.now() - start) / 1000));
`;

/**
 * Many conversations into the local store, each durable, beside a loop that does nothing but write and rename the same
 * files.
 *
 * @param {{ launcher: string, folder: string, environmentFor: (data: string) => NodeJS.ProcessEnv, count: number }} setup
 * @param {(line: string) => void} say
 */
export function compareCreating({ launcher, folder, environmentFor, count }, say) {
  const file = join(folder, 'requests.ndjson');
  writeFileSync(file, Array.from({ length: count }, (_, index) => requestLine(index)).join(''));
  const data = join(folder, 'created');
  const start = performance.now();
  const words = [launcher, 'create', file, '-q'];
  const { status, stderr } = spawnSync(process.execPath, words, {
    env: environmentFor('created'),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`create: ${stderr}`);
  const list = join(folder, 'files.json');
  writeFileSync(list, JSON.stringify(contentsOf(join(data, 'conversations'))));
  const loop = (name, durable) => {
    const { stdout } = spawnSync(process.execPath, ['-e', bare, list, join(folder, name), durable]);
    rmSync(join(folder, name), { recursive: true });
    const ratio = Number(stdout) / seconds;
    return `${Math.round(count / Number(stdout))} (${ratio.toFixed(2)}x)`;
  };
  say(`\ncreate of ${count}, each durable: ${Math.round(count / seconds)} a second`);
  say(
    `a loop that writes and renames the same files: ${loop('bare', 'no')}; with fsync: ${loop('durable', 'yes')}`,
  );
}

/** Each file below a folder, by its path in it, with its text. */
function contentsOf(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return files.map(({ parentPath, path = parentPath, name }) => {
    const place = join(path, name);
    return [place.slice(folder.length + 1), readFileSync(place, 'utf8')];
  });
}
