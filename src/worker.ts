import { parentPort, workerData } from 'node:worker_threads';
import type { Hiring, Jobs, Order, Report } from './crew.ts';
import { jobs } from './jobs.ts';

// The edge of a thread of its own: it has one job, and does as many tasks of it as come.
work(workerData);

function work<Name extends keyof Jobs>({ job, setup }: Hiring<Name>): void {
  const ready = jobs[job](setup);
  const answer = async ({ number, task }: Order<Name>): Promise<void> => {
    try {
      const { result, moved } = await (await ready)(task);
      report({ number, result }, moved);
    } catch (error) {
      report({ number, error });
    }
  };
  const report = (message: Report<Name>, moved: readonly ArrayBuffer[] = []): void =>
    parentPort?.postMessage(message, moved);
  parentPort?.on('message', (order: Order<Name>) => void answer(order));
}
