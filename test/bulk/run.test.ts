import { describe, expect, it } from 'vitest';
import { openGate, openTurns } from '../../src/bulk/gate.ts';
import { clockFor, paceOf } from '../../src/bulk/pace.ts';
import { runAll } from '../../src/bulk/run.ts';
import { Failure } from '../../src/core/errors.ts';

interface Result {
  readonly job: number;
  readonly error: Failure | null;
}

async function* numbers(count: number, taken: number[] = []): AsyncGenerator<number> {
  for (let job = 0; job < count; job += 1) {
    taken.push(job);
    yield job;
  }
}

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** The later a job, the longer it takes. */
async function failingSecond(job: number): Promise<Result> {
  for (let turns = 0; turns < job; turns += 1) await turn();
  return { job, error: job === 1 ? new Failure('invalid', 'no') : null };
}

async function lockedOutSecond(job: number): Promise<Result> {
  await turn();
  if (job === 1) throw new Failure('not_authenticated', 'no key');
  return { job, error: null };
}

const fails = () => Promise.reject(new Error('no'));

function options(count: number, told: Result[] = []) {
  return {
    jobs: numbers(count),
    work: async (job: number): Promise<Result> => ({ job, error: null }),
    tell: async (result: Result) => void told.push(result),
    concurrency: 3,
    failFast: false,
    signal: new AbortController().signal,
  };
}

describe('runAll', () => {
  it('does every job once, no more than so many together', async () => {
    const told: Result[] = [];
    let inside = 0;
    let most = 0;
    const work = async (job: number): Promise<Result> => {
      most = Math.max(most, (inside += 1));
      await turn();
      inside -= 1;
      return { job, error: null };
    };
    expect(await runAll({ ...options(20, told), work })).toBe(true);
    expect(told.map(({ job }) => job).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, i) => i),
    );
    expect(most).toBe(3);
  });

  it('asks for the next job when one is done, and not before', async () => {
    const taken: number[] = [];
    const work = async (job: number): Promise<Result> => {
      await turn();
      expect(taken.length).toBeLessThanOrEqual(job + 3);
      return { job, error: null };
    };
    await runAll({ ...options(0), jobs: numbers(10, taken), work });
    expect(taken).toHaveLength(10);
  });

  it('tells of one result at a time', async () => {
    let telling = 0;
    const tell = async (): Promise<void> => {
      expect((telling += 1)).toBe(1);
      await turn();
      telling -= 1;
    };
    await runAll({ ...options(9), tell });
  });

  it('begins nothing more after a failure with failFast, and finishes what runs', async () => {
    const told: Result[] = [];
    expect(await runAll({ ...options(100, told), work: failingSecond, failFast: true })).toBe(false);
    expect(told.map(({ job }) => job)).toContain(2);
    expect(told.length).toBeLessThan(6);
  });

  it('begins nothing more when it is told to stop, and finishes what runs', async () => {
    const controller = new AbortController();
    const told: Result[] = [];
    const work = async (job: number): Promise<Result> => {
      if (job === 4) controller.abort();
      await turn();
      return { job, error: null };
    };
    expect(await runAll({ ...options(100, told), work, signal: controller.signal })).toBe(false);
    expect(told.map(({ job }) => job)).toContain(4);
    expect(told.length).toBeLessThan(9);
  });

  it('throws what is no result, once nothing runs any more, and closes the jobs', async () => {
    const told: Result[] = [];
    await expect(runAll({ ...options(100, told), work: lockedOutSecond })).rejects.toThrow('no key');
    expect(told.length).toBeLessThan(6);
  });

  it('throws what the jobs throw, when what came before is done', async () => {
    const told: Result[] = [];
    const jobs = (async function* () {
      yield* numbers(5);
      throw new Error('torn');
    })();
    await expect(runAll({ ...options(0, told), jobs })).rejects.toThrow('torn');
    expect(told).toHaveLength(5);
  });
});

describe('a pace', () => {
  it('lets so many through in a second, evenly, and all at once without a rate', async () => {
    let time = 0;
    const waits: number[] = [];
    const clock = {
      now: () => time,
      wait: async (milliseconds: number) => void waits.push(milliseconds),
    };
    const pace = paceOf(4, clock);
    for (let count = 0; count < 4; count += 1) await pace();
    time = 5000;
    await pace();
    expect(waits).toEqual([250, 500, 750]);
    await paceOf(undefined, clock)();
    expect(waits).toHaveLength(3);
  });

  it('stops waiting when the run is told to stop', async () => {
    const controller = new AbortController();
    const waiting = clockFor(controller.signal).wait(60_000);
    controller.abort(new Failure('interrupted', 'interrupted'));
    await expect(waiting).rejects.toMatchObject({ code: 'interrupted' });
  });
});

describe('a gate', () => {
  it('lets one in alone when the others are out, and the others when it is', async () => {
    const gate = openGate();
    const events: string[] = [];
    const passing = (name: string) => async (): Promise<void> => {
      events.push(`${name} in`);
      await turn();
      events.push(`${name} out`);
    };
    await Promise.all([
      gate.together(passing('a')),
      gate.together(passing('b')),
      gate.alone(passing('X')),
      gate.together(passing('c')),
      gate.alone(passing('Y')),
      gate.together(passing('d')),
    ]);
    const order = events.filter((event) => /[XY]/.test(event));
    expect(order).toEqual(['X in', 'X out', 'Y in', 'Y out']);
    for (const name of ['X', 'Y'])
      expect(events.indexOf(`${name} out`)).toBe(events.indexOf(`${name} in`) + 1);
    expect(events.indexOf('X in')).toBeGreaterThan(events.indexOf('b out'));
    expect(events.indexOf('c in')).toBeGreaterThan(events.indexOf('Y out'));
    expect(events).toHaveLength(12);
  });

  it('goes on after a failure inside', async () => {
    const gate = openGate();
    await expect(gate.alone(fails)).rejects.toThrow('no');
    await expect(gate.together(fails)).rejects.toThrow('no');
    expect(await gate.alone(async () => 'well')).toBe('well');
  });
});

describe('turns', () => {
  it('run actions of one key one after the other, whatever comes of them', async () => {
    const inTurn = openTurns();
    const events: string[] = [];
    const action = (name: string, isBad: boolean) => async (): Promise<void> => {
      events.push(`${name} in`);
      await turn();
      events.push(`${name} out`);
      if (isBad) throw new Error(name);
    };
    await Promise.allSettled([
      inTurn('k', action('a', true)),
      inTurn('k', action('b', false)),
      inTurn('k', action('c', false)),
    ]);
    expect(events).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out']);
  });
});
