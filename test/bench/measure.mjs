import { spawnSync } from 'node:child_process';

/**
 * A run of Node: its words, and the folder and environment it runs in.
 * @typedef {{ words: readonly string[], directory: string, environment: NodeJS.ProcessEnv }} Run
 */

/**
 * Milliseconds each run took, by its name, once a round. A round has all of them in turn, so that what disturbs the
 * machine disturbs them alike; one round more goes before, untimed.
 *
 * @param {Readonly<Record<string, Run>>} runs
 * @returns {Record<string, number[]>}
 */
export function measure(runs, rounds) {
  for (const one of Object.values(runs)) time(one);
  const times = Object.fromEntries(Object.keys(runs).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, one] of Object.entries(runs)) times[name].push(time(one));
  }
  return times;
}

/** Runs once, the output piped and thrown away, and returns the milliseconds. Throws if the run fails. */
function time({ words, directory, environment }) {
  const start = performance.now();
  const result = spawnSync(process.execPath, words, {
    cwd: directory,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 2 ** 30,
  });
  const taken = performance.now() - start;
  if (result.status !== 0) throw new Error(`node ${words.join(' ')}: ${result.stderr}`);
  return taken;
}

export function median(numbers) {
  const sorted = numbers.toSorted((left, right) => left - right);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The median of what the one took in proportion to the other in the same round. */
export function ratioOf(times, base) {
  return median(times.map((each, round) => each / base[round]));
}
