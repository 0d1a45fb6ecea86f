import { Failure } from '../core/errors.ts';
import { equal } from '../core/json.ts';
import type { Located, Provider } from '../providers/provider.ts';
import { adopt, begunOf, type Destination, doneOf, type Made, type Task } from './destination.ts';
import { quietly } from './quietly.ts';

type Keep = NonNullable<Provider['keep']>;

/** Into a store of our own: the record is made first and its id written down, then it is stored under that id. */
export async function makeKept(destination: Destination, keep: Keep, task: Task): Promise<Made> {
  const { provider, create, journal, pace } = destination;
  const known = journal.get(task.key);
  if (known?.state === 'begun' && known.id !== undefined && (await provider.show?.(known.id))) {
    task.made(known.id);
    return adopt(destination, task, known, known.id);
  }
  const made = await create(task.document, { newId: task.newId, dryRun: true });
  // Of an id that comes with the record somebody else may have made use.
  const present = task.document.kind === 'record' && !task.newId ? await provider.show?.(made.id) : undefined;
  if (present) return record(destination, task, { id: made.id, status: sameOrConflict(made, present) });
  await pace();
  await journal.begun(task.key, begunOf(destination, task, { id: made.id }));
  try {
    await keep(made);
  } catch (error) {
    if (error instanceof Failure && !mayBeThere(error)) await quietly(journal.undone(task.key));
    throw error;
  }
  return record(destination, task, { id: made.id, status: 'created' });
}

function record({ journal }: Destination, task: Task, made: Made): Made {
  journal.done(task.key, doneOf(task, made));
  return made;
}

/** `skipped` if what is to be made is there already. @throws Failure `conflict` if another has its id */
export function sameOrConflict(made: Located, present: Located): 'skipped' {
  if (present.format === made.format && equal(present.record, made.record)) return 'skipped';
  throw new Failure(
    'conflict',
    `there is already a conversation ${JSON.stringify(made.id)}, and it is another`,
    { id: made.id, hint: 'keep both by giving the new one another id: convo create --new-id' },
  );
}

function mayBeThere({ code }: Failure): boolean {
  return code === 'outcome_unknown' || code === 'interrupted' || code === 'terminated';
}
