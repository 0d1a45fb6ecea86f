import { openKeyed } from '../../../providers/keyed.ts';
import type { Provider } from '../../../providers/provider.ts';
import type { Seat } from '../../../providers/remote.ts';
import { explain } from './complaint.ts';
import { listConversations } from './list.ts';
import { openConversations } from './show.ts';

/**
 * Syllable's conversations.
 *
 * - They can be listed and nothing else, and not be searched for by their id.
 * - What was said is in the transcripts of their sessions, which know their conversation.
 * - Test sessions, and conversations that have no others, are hidden from the lists.
 *
 * @see https://github.com/asksyllable/syllable-sdk-python/blob/main/docs/sdks/conversations/README.md
 */
export function openSyllable(seat: Seat): Provider {
  const { name, title, system } = seat.account;
  const calls = openKeyed(seat, (key) => ({ 'syllable-api-key': key }), explain);
  const { find, complete } = openConversations(calls, seat);
  return {
    name,
    title,
    format: system.format,
    cannot: system.cannot,
    takes: (format) => format === 'syllable',
    show: find,
    list: (query) => listConversations({ calls, title, complete }, query),
  };
}
