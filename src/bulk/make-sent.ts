import { Failure } from '../core/errors.ts';
import type { Located } from '../providers/provider.ts';
import { type Destination, doneOf, type Made, type Task } from './destination.ts';
import type { Begun } from './journal.ts';

/** What was cut off on its way may be acted on a moment later: so long is waited before it is looked for. */
const SETTLE_MS = 1_000;

/** To a system, which says the id only when it has acted. */
export async function makeSent(destination: Destination, task: Task): Promise<Made> {
  const { journal, pace, gate } = destination;
  const known = journal.get(task.key);
  if (known?.state === 'begun') {
    const id = known.id ?? (await lookFor(destination, task, known));
    if (id !== undefined && (await finish(destination, task, id))) return done(destination, task, id);
  }
  await pace();
  // What is looked for must not be taken for what is being made at this moment.
  const { id } = await gate.together(() => send(destination, task));
  return done(destination, task, id);
}

function done({ journal }: Destination, task: Task, id: string): Made {
  journal.done(task.key, doneOf(task, { id }));
  return { id, status: 'created' };
}

async function send(destination: Destination, { key, digest, document, newId }: Task): Promise<Located> {
  const { create, journal } = destination;
  const at = timeOf(destination);
  let isMade = false;
  const onCreated = async (id: string): Promise<void> => {
    isMade = true;
    await journal.begun(key, { digest, id, at });
  };
  await journal.begun(key, { digest, at });
  try {
    return await create(document, { newId, dryRun: false, onCreated });
  } catch (error) {
    if (!isMade && isRefusal(error)) await journal.undone(key);
    throw error;
  }
}

/** Whether the system, or the way to it, surely did not act. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof Failure)) return false;
  const unsure: readonly Failure['code'][] = ['outcome_unknown', 'interrupted', 'terminated', 'internal'];
  return !unsure.includes(error.code);
}

/** Adds what is not there yet; false if the conversation itself is not there. */
async function finish(destination: Destination, { document }: Task, id: string): Promise<boolean> {
  const { provider, pace } = destination;
  if (!provider.finish) return true;
  await pace();
  return (await provider.finish(id, document)) !== undefined;
}

/**
 * The id of what an earlier run sent and heard nothing of; undefined if it was not made, or is to be made again
 * either way. @throws Failure `outcome_unknown` if that cannot be told
 */
async function lookFor(destination: Destination, task: Task, begun: Begun): Promise<string | undefined> {
  const { provider, journal, gate, clock, again, now } = destination;
  if (again) return undefined;
  const { findCreated } = provider;
  if (!findCreated) throw nobodyKnows(destination, 'and it cannot be looked for there');
  const left = Date.parse(begun.at) + SETTLE_MS - now();
  if (left > 0) await clock.wait(Math.min(left, SETTLE_MS));
  return gate.alone(async () => {
    const found = await findCreated(task.document, begun.at);
    if (!found) throw nobodyKnows(destination, 'and it cannot be told from others there');
    const [only, ...others] = found.filter((id) => !journal.knows(id));
    if (only === undefined) return undefined;
    if (others.length > 0) {
      throw nobodyKnows(destination, `and it may be any of ${[only, ...others].join(', ')}`);
    }
    await journal.begun(task.key, { digest: task.digest, id: only, at: begun.at });
    return only;
  });
}

function timeOf({ now }: Destination): string {
  return new Date(now()).toISOString();
}

function nobodyKnows({ provider }: Destination, why: string): Failure {
  return new Failure(
    'outcome_unknown',
    `an earlier run sent it to ${provider.title} and got no answer, ${why}`,
    { hint: 'look whether it is there; --again makes those anew of which nobody can tell' },
  );
}
