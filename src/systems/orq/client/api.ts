import type { Caller } from '../../../http/call.ts';
import { openKeyed } from '../../../providers/keyed.ts';
import type { Located } from '../../../providers/provider.ts';
import type { Seat } from '../../../providers/remote.ts';
import { explain } from './complaint.ts';
import { isAddressable, reading } from './requests.ts';

/** Orq.ai as the provider talks to it. Nothing is sent, and no key is read, before it is asked for something. */
export interface Api extends Caller {
  /** The conversation by its id; undefined if it is not there. */
  readonly retrieve: (id: string) => Promise<Located | undefined>;
}

export function openApi(seat: Seat): Api {
  const calls = openKeyed(seat, headersWith, explain);
  return {
    ...calls,
    async retrieve(id) {
      const record = isAddressable(id) ? await calls.find(reading(id)) : undefined;
      return record && { id, format: 'orq', record };
    },
  };
}

/** The headers with the key. */
export function headersWith(key: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${key}` };
}
