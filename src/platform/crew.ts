import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Crew, Hiring, Jobs, Order, Report } from '../crew.ts';

/** More threads than this would cost more memory than the time they save is worth. */
const MOST_THREADS = 4;

/** Room for what a record leaves behind: with more, the memory of each thread is not used again soon enough. */
const YOUNG_MB = 12;

/** A crew for a job; `undefined` on a machine that runs one thread at a time. */
export function openCrew<Name extends keyof Jobs>(
  job: Name,
  setup: Jobs[Name]['setup'],
): Crew<Name> | undefined {
  const size = Math.min(availableParallelism(), MOST_THREADS);
  if (size < 2) return undefined;
  const threads = Array.from({ length: size }, () => openThread({ job, setup }));
  return {
    // One task to work on and one that waits: nobody has to wait for this thread.
    capacity: 2 * size,
    run: (task) => leastBusy(threads).run(task),
    end: async () => void (await Promise.all(threads.map((thread) => thread.end()))),
  };
}

interface Thread<Name extends keyof Jobs> extends Omit<Crew<Name>, 'capacity'> {
  /** How many of its tasks are not done. */
  readonly load: () => number;
}

interface Waiter<Result> {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

function openThread<Name extends keyof Jobs>(hiring: Hiring<Name>): Thread<Name> {
  const worker = new Worker(new URL('worker.cjs', import.meta.url), {
    workerData: hiring,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  const waiting = new Map<number, Waiter<Jobs[Name]['result']>>();
  let count = 0;
  let end: unknown;
  const failAll = (error: unknown): void => {
    end ??= error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on('message', (report: Report<Name>) => {
    const waiter = waiting.get(report.number);
    waiting.delete(report.number);
    if ('error' in report) waiter?.reject(report.error);
    else waiter?.resolve(report.result);
  });
  worker.on('error', failAll);
  worker.on('exit', () => failAll(new Error('a thread ended before its work was done')));
  return {
    load: () => waiting.size,
    run: (task) =>
      new Promise((resolve, reject) => {
        if (end !== undefined) return reject(end);
        const order: Order<Name> = { number: count, task };
        waiting.set(count, { resolve, reject });
        count += 1;
        worker.postMessage(order);
      }),
    end: async () => void (await worker.terminate()),
  };
}

function leastBusy<Name extends keyof Jobs>(threads: readonly Thread<Name>[]): Thread<Name> {
  return threads.reduce((least, thread) => (thread.load() < least.load() ? thread : least));
}
