import { Failure } from '../core/errors.ts';
import type { Located } from '../providers/provider.ts';
import { adopt, begunOf, type Destination, doneOf, type Made, type Task } from './destination.ts';
import type { Begun } from './journal.ts';
import { quietly } from './quietly.ts';

/** To a system, which says the id only when it has acted. */
export async function makeSent(destination: Destination, task: Task): Promise<Made> {
  const { journal, pace, gate } = destination;
  const known = journal.get(task.key);
  const there = known?.state === 'begun' ? await takeUp(destination, task, known) : undefined;
  if (there) return there;
  await pace();
  // What is looked for must not be taken for what is being made at this moment.
  const { id } = await gate.together(() => send(destination, task));
  journal.done(task.key, doneOf(task, { id }));
  return { id, status: 'created' };
}

async function send(destination: Destination, task: Task): Promise<Located> {
  const { create, journal, provider } = destination;
  const { key, document, newId } = task;
  const trace = await provider.trace?.(document);
  let made: string | undefined;
  // A later time than before: of what follows on the creation something may be under way.
  const noteMade = (id: string) => quietly(journal.begun(key, begunOf(destination, task, { id })));
  const onCreated = async (id: string): Promise<void> => {
    made = id;
    task.made(id);
    await noteMade(id);
  };
  await journal.begun(key, begunOf(destination, task, { trace }));
  try {
    return await create(document, { newId, dryRun: false, onCreated });
  } catch (error) {
    if (made !== undefined) {
      await noteMade(made);
      throw unfinished(error);
    }
    if (isRefusal(error)) await quietly(journal.undone(key));
    throw unheard(error, destination);
  }
}

/** Whether the system, or the way to it, surely did not act. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof Failure)) return false;
  const unsure: readonly Failure['code'][] = ['outcome_unknown', 'interrupted', 'terminated', 'internal'];
  return !unsure.includes(error.code);
}

/** Whether it was made the next run finds out, where that can be. */
function unheard(error: unknown, { provider }: Destination): unknown {
  if (!(error instanceof Failure) || error.code !== 'outcome_unknown') return error;
  const hint = provider.findCreated ? 'run the command again: it looks whether it was made' : LOOK;
  return new Failure(error.code, error.message, { ...error.details, hint });
}

const LOOK = 'look whether it is there; --again makes those anew of which nobody can tell';

/** What is there, and not whole, is not for the user to put together. */
function unfinished(error: unknown): unknown {
  if (!(error instanceof Failure) || error.details.id === undefined) return error;
  return new Failure(error.code, error.message, {
    ...error.details,
    hint: 'run the command again: it adds what is missing',
  });
}

/**
 * Goes on with what another run began; undefined if it is not there, or is to be made again either way.
 * @throws Failure `outcome_unknown` if that cannot be told
 */
async function takeUp(destination: Destination, task: Task, begun: Begun): Promise<Made | undefined> {
  const { provider, journal, settle, again } = destination;
  if (begun.id === undefined) {
    if (again) return undefined;
    if (!provider.findCreated || !begun.trace) {
      throw nobodyKnows(destination, 'and it cannot be looked for there');
    }
  }
  // Of what is known to be there and is made in one call nothing can be under way.
  if (begun.id === undefined || provider.finish) await settle(begun, journal.isOurs(task.key));
  const id = begun.id ?? (await lookFor(destination, task, begun));
  if (id === undefined) return undefined;
  task.made(id);
  const isThere =
    begun.digest === task.digest
      ? await finish(destination, task, id)
      : begun.id === undefined || (await provider.show?.(id, { messages: false })) !== undefined;
  if (isThere) return adopt(destination, task, begun, id);
  task.made(null);
  return undefined;
}

/** Adds what is not there yet; false if the conversation itself is not there. */
async function finish(destination: Destination, task: Task, id: string): Promise<boolean> {
  const { provider, pace, journal } = destination;
  if (!provider.finish) return true;
  await pace();
  try {
    return (await provider.finish(id, task.document)) !== undefined;
  } catch (error) {
    await quietly(journal.begun(task.key, begunOf(destination, task, { id })));
    throw unfinished(error);
  }
}

/** The id of what an earlier run sent and heard nothing of; undefined if it was not made. */
async function lookFor(destination: Destination, task: Task, begun: Begun): Promise<string | undefined> {
  const { provider, journal, gate } = destination;
  return gate.alone(async () => {
    const found = begun.trace && (await provider.findCreated?.(begun.trace, begun.at));
    if (!found) throw nobodyKnows(destination, 'and it cannot be told from others there');
    const [only, ...others] = found.filter((id) => !journal.knows(id));
    if (only === undefined) return undefined;
    if (others.length > 0) {
      throw nobodyKnows(destination, `and it may be any of ${[only, ...others].join(', ')}`);
    }
    const { state: _begun, trace: _known, ...same } = begun;
    await journal.begun(task.key, { ...same, id: only });
    return only;
  });
}

function nobodyKnows({ provider }: Destination, why: string): Failure {
  return new Failure(
    'outcome_unknown',
    `an earlier run sent it to ${provider.title} and got no answer, ${why}`,
    { hint: LOOK },
  );
}
