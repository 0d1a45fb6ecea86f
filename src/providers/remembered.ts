import { createHash } from 'node:crypto';
import { isObject } from '../core/json.ts';
import { once } from '../core/once.ts';
import type { Account } from './account.ts';

/**
 * Ids of conversations at a system that cannot list them: what was made here, or seen. That they cannot be read or
 * written costs one warning and stops nothing: what was done at the system is done.
 */
export interface Remembered {
  /** Oldest first, each once. */
  readonly ids: () => Promise<readonly string[]>;
  readonly add: (id: string) => Promise<void>;
  readonly forget: (id: string) => Promise<void>;
}

export interface RememberedOptions {
  readonly directory: string;
  /** Two accounts with the same name may be different places: so address, organization and project count too. */
  readonly account: Pick<Account, 'name' | 'address' | 'setting'>;
  readonly readText: (path: string) => Promise<string | undefined>;
  readonly append: (path: string, text: string) => Promise<void>;
  readonly warn: (message: string) => void;
}

/** Keeps them in a file that only grows: a line for each id that is added, or forgotten. */
export function openRemembered(options: RememberedOptions): Remembered {
  let reason = '';
  const warn = once(() => options.warn(`what \`convo list\` shows cannot be remembered: ${reason}`));
  const orElse = async <T>(work: Promise<T>, fallback: T): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
      warn();
      return fallback;
    }
  };
  const read = once(() => orElse(readIds(options), new Set<string>()));
  // A line that was cut off by a crash must not swallow this one.
  const note = (line: { readonly add: string } | { readonly forget: string }): Promise<void> =>
    orElse(append(options, `\n${JSON.stringify(line)}\n`), undefined);
  return {
    ids: async () => [...(await read())],
    async add(id) {
      const ids = await read();
      if (ids.has(id)) return;
      ids.add(id);
      await note({ add: id });
    },
    async forget(id) {
      const ids = await read();
      if (ids.delete(id)) await note({ forget: id });
    },
  };
}

async function append(options: RememberedOptions, text: string): Promise<void> {
  await options.append(pathOf(options), text);
}

function pathOf({ directory, account }: RememberedOptions): string {
  const scope = [account.setting('organization') ?? '', account.setting('project') ?? ''];
  const whose = scope.some((each) => each !== '') ? JSON.stringify(scope) : '';
  const place = createHash('sha256').update(`${account.address().href}${whose}`).digest('hex').slice(0, 12);
  return `${directory}/remembered/${account.name}-${place}.ndjson`;
}

async function readIds(options: RememberedOptions): Promise<Set<string>> {
  const ids = new Set<string>();
  for (const line of ((await options.readText(pathOf(options))) ?? '').split('\n')) {
    const { add, forget } = parseLine(line);
    if (typeof add === 'string') ids.add(add);
    if (typeof forget === 'string') ids.delete(forget);
  }
  return ids;
}

function parseLine(line: string): { add?: unknown; forget?: unknown } {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
