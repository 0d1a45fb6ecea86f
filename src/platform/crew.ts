import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Crew, Hiring, Jobs, OpenJob, Order, Report } from '../crew.ts';
import { jobs } from '../jobs.ts';

/** More threads than this would cost more memory than the time they save is worth. */
const MOST_THREADS = 4;

/** Room for what a record leaves behind: with more, the memory of each thread is not used again soon enough. */
const YOUNG_MB = 12;

/** So many tasks for each thread: enough that some are done while one that came before them takes its time. */
const TASKS = 12;

/** A crew for a job, this thread among it; `undefined` on a machine that runs one thread at a time. */
export function openCrew<Name extends keyof Jobs>(
  job: Name,
  setup: Jobs[Name]['setup'],
): Crew<Name> | undefined {
  const size = Math.min(availableParallelism(), MOST_THREADS);
  if (size < 2) return undefined;
  const threads = Array.from({ length: size - 1 }, () => openThread({ job, setup }));
  // This one last: it has others to feed.
  const members = [...threads, openOwn({ job, setup })];
  // In the order in which they came: each is given a member with room.
  const waiting: ((member: Member<Name>) => void)[] = [];
  const take = (): Member<Name> | Promise<Member<Name>> => {
    const free = members.find(({ room }) => room > 0);
    if (!free) return new Promise((resolve) => waiting.push(resolve));
    free.room--;
    return free;
  };
  const giveBack = (member: Member<Name>): void => {
    const next = waiting.shift();
    if (next) next(member);
    else member.room++;
  };
  return {
    capacity: TASKS * size,
    async run(task) {
      const member = await take();
      try {
        return await member.run(task);
      } finally {
        giveBack(member);
      }
    },
    end: async () => void (await Promise.all(threads.map((thread) => thread.end()))),
  };
}

interface Member<Name extends keyof Jobs> {
  /** So many more tasks can be given to it now. */
  room: number;
  readonly run: Crew<Name>['run'];
}

/** This thread, which would have nothing to do while the others work. */
function openOwn<Name extends keyof Jobs>({ job, setup }: Hiring<Name>): Member<Name> {
  let ready: ReturnType<OpenJob<Name>> | undefined;
  return {
    room: 1,
    async run(task) {
      const work = await (ready ??= jobs[job](setup));
      // Whatever else has to be done comes first.
      await setImmediate();
      return (await work(task)).result;
    },
  };
}

interface Thread<Name extends keyof Jobs> extends Member<Name> {
  readonly end: Crew<Name>['end'];
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
    // One to work on, and others for as long as this thread works on one itself.
    room: 3,
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
