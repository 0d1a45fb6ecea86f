import { stringify } from '../core/json/inexact.ts';
import type { JsonValue } from '../core/json.ts';
import type { Sink } from './sink.ts';

/** One value as people and programs read it: two spaces a level, and a newline at the end. */
export async function writeJson(sink: Sink, value: JsonValue): Promise<void> {
  await sink.write(`${stringify(value, 2)}\n`);
}

/** One value on a line of its own. */
export async function writeNdjson(sink: Sink, value: JsonValue): Promise<void> {
  await sink.write(`${stringify(value)}\n`);
}

/** A JSON array on its way out. */
export interface OpenArray {
  /** Writes the next element, on a line of its own. */
  element(value: JsonValue): Promise<void>;
  /** Writes several that are written out already, with {@link ELEMENT_SEPARATOR} between them. */
  elements(text: Uint8Array): Promise<void>;
  /**
   * Ends the array; call it in `finally`, so that what was written can be read even when the elements run out
   * too early. Once is enough, more does no harm. Writes nothing after a failed write.
   */
  close(): Promise<void>;
}

export const ELEMENT_SEPARATOR = ',\n';

/** Opens an array of which nothing is written before its first element or its end. */
export function openArray(sink: Sink): OpenArray {
  let state: 'empty' | 'begun' | 'closed' = 'empty';
  const beginning = (): string => {
    if (state === 'closed') throw new Error('an element after the end of an array');
    return state === 'empty' ? '[\n' : ELEMENT_SEPARATOR;
  };
  const write = async (text: string | Uint8Array, next: typeof state): Promise<void> => {
    state = next;
    try {
      await sink.write(text);
    } catch (error) {
      state = 'closed';
      throw error;
    }
  };
  return {
    element: async (value) => write(`${beginning()}${stringify(value)}`, 'begun'),
    async elements(text) {
      await write(beginning(), 'begun');
      await write(text, 'begun');
    },
    async close() {
      if (state !== 'closed') await write(state === 'empty' ? '[]\n' : '\n]\n', 'closed');
    },
  };
}
