import { createHash } from 'node:crypto';
import { Failure } from '../core/errors.ts';
import { isObject } from '../core/json.ts';

/** Ids of conversations at a system that cannot list them: what was made here, or seen. */
export interface Remembered {
  /** Oldest first, each once. */
  readonly ids: () => Promise<readonly string[]>;
  /** Adds an id; a directory that cannot be written costs one warning and stops nothing. */
  readonly add: (id: string) => Promise<void>;
  readonly forget: (id: string) => Promise<void>;
}

export interface RememberedOptions {
  readonly directory: string;
  /** Two providers with the same name may be different places: so the address counts too. */
  readonly provider: string;
  readonly address: () => URL;
  readonly readText: (path: string) => Promise<string | undefined>;
  readonly append: (path: string, text: string) => Promise<void>;
  readonly warn: (message: string) => void;
}

/** Keeps them in a file that only grows: a line for each id that is added, or forgotten. */
export function openRemembered(options: RememberedOptions): Remembered {
  let present: Promise<Set<string>> | undefined;
  const read = (): Promise<Set<string>> => (present ??= readIds(options));
  const note = async (line: { readonly add: string } | { readonly forget: string }): Promise<void> => {
    try {
      // A line that was cut off by a crash must not swallow this one.
      await options.append(pathOf(options), `\n${JSON.stringify(line)}\n`);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      options.warn(`the conversation cannot be remembered for \`convo list\`: ${error.message}`);
    }
  };
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

function pathOf({ directory, provider, address }: RememberedOptions): string {
  const place = createHash('sha256').update(address().href).digest('hex').slice(0, 12);
  return `${directory}/remembered/${provider}-${place}.ndjson`;
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
