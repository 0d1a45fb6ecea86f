import type { Context } from '../../context.ts';
import { Failure } from '../../core/errors.ts';
import { openLocalStore } from '../../providers/local.ts';

/** The state of a directory of conversations. */
export interface StoreReport {
  readonly directory: string;
  readonly exists: boolean;
  /** Whether it can be written; or made, where there is none. */
  readonly writable: boolean;
  /** Undefined if they could not be counted. */
  readonly conversations: number | undefined;
  /** Files that no command can use, by their paths, and why. */
  readonly damaged: readonly { readonly file: string; readonly message: string }[];
  readonly problem?: Failure | undefined;
}

export async function examineStore(context: Context, directory: string): Promise<StoreReport> {
  const access = await context.files.access(directory);
  const damaged: { file: string; message: string }[] = [];
  try {
    const conversations = await count(context, directory, (each) => damaged.push(each));
    const problem = access.writable ? damageIn(damaged) : unwritable(directory);
    return { directory, ...access, conversations, damaged, problem };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { directory, ...access, conversations: undefined, damaged, problem: error };
  }
}

async function count(
  context: Context,
  directory: string,
  damaged: (file: StoreReport['damaged'][number]) => void,
): Promise<number> {
  const store = openLocalStore({ directory, host: await context.storeHost() });
  let found = 0;
  for await (const _ of store.list({ sort: 'created', order: 'desc', damaged })) found += 1;
  return found;
}

function unwritable(directory: string): Failure {
  return new Failure('not_allowed', `${directory} cannot be written`, {
    hint: 'make it yours to write, or choose another: CONVO_DATA_DIR for the local store, --dir for one of your own',
  });
}

function damageIn(damaged: StoreReport['damaged']): Failure | undefined {
  const [first] = damaged;
  if (!first) return undefined;
  const others = damaged.length === 1 ? '' : `, and ${damaged.length - 1} more`;
  return new Failure('invalid', `${first.file} cannot be used: ${first.message}${others}`, {
    hint: 'mend it or move it away; the rest of the store works',
  });
}
