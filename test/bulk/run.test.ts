import { describe, expect, it } from 'vitest';
import { openGate, openTurns } from '../../src/bulk/gate.ts';
import { clockFor, paceOf } from '../../src/bulk/pace.ts';
import { runAll } from '../../src/bulk/run.ts';
import { openSettle } from '../../src/bulk/settle.ts';
import { openWidth } from '../../src/bulk/width.ts';
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
    width: openWidth({ first: 3 }),
    failFast: false,
    signal: new AbortController().signal,
  };
}

const failingFifth = async (job: number): Promise<Result> => ({
  job,
  error: job === 4 ? new Failure('invalid', 'no') : null,
});

const endingSecond = async (job: number) => {
  await turn();
  const error = job === 1 ? new Failure('not_authenticated', 'no key') : null;
  return { job, error, ends: error !== null };
};

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

  it('says that all is done where the last failed with failFast, and that it is not where others were left', async () => {
    expect(
      await runAll({ ...options(5), work: failingFifth, failFast: true, width: openWidth({ first: 1 }) }),
    ).toBe(true);
    expect(
      await runAll({ ...options(6), work: failingFifth, failFast: true, width: openWidth({ first: 1 }) }),
    ).toBe(false);
  });

  it('tells of the failure that ends it before it ends', async () => {
    const told: Result[] = [];
    await expect(runAll({ ...options(100, told), work: endingSecond })).rejects.toThrow('no key');
    expect(told.map(({ job }) => job)).toContain(1);
    expect(told.length).toBeLessThan(6);
  });

  it.each([['by what it throws', lockedOutSecond] as const, ['by a failure', failingSecond] as const])(
    'closes the jobs when it ends early: %s',
    async (_how, work) => {
      let closed = false;
      const jobs = (async function* () {
        try {
          yield* numbers(100);
        } finally {
          closed = true;
        }
      })();
      await runAll({ ...options(0), jobs, work, failFast: true }).catch(() => undefined);
      expect(closed).toBe(true);
    },
  );

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

function settling() {
  const waits: number[] = [];
  const told: number[] = [];
  const state = { time: 100_000, waits, told };
  const settle = openSettle({
    clock: { wait: async (milliseconds) => void state.waits.push(milliseconds) },
    now: () => state.time,
    tell: (milliseconds) => void state.told.push(milliseconds),
  });
  return { settle, state };
}
const sentAt = (milliseconds: number) => ({ at: new Date(milliseconds).toISOString() });

describe('what an earlier run sent', () => {
  it('is waited for until ten seconds have passed, together, and said once', async () => {
    const { settle, state } = settling();
    await Promise.all([settle(sentAt(95_000), false), settle(sentAt(97_000), false)]);
    expect(state).toMatchObject({ waits: [5_000, 7_000], told: [5_000] });
    state.time = 107_000;
    await settle(sentAt(97_000), false);
    await settle(sentAt(80_000), false);
    expect(state.waits).toHaveLength(2);
  });

  it('is waited for no longer by a clock that was put back, but what this run sent is', async () => {
    const { settle, state } = settling();
    state.time = 104_000;
    await settle(sentAt(900_000), false);
    await settle(sentAt(103_000), true);
    expect(state.waits).toEqual([6_000, 9_000]);
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
