import type { Message } from '../../core/conversation.ts';
import { packedOf } from '../../core/extension.ts';
import type { Kind } from '../../core/format.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { Ledger } from '../../core/ledger.ts';
import { without } from '../../core/mapping.ts';
import { inOrder } from './order.ts';
import { orderOf } from './read.ts';
import { restoreMessage } from './restore-message.ts';
import { writeNewMessage } from './write-new-message.ts';

/** Messages in the order of the model; a record's go back to the `positions` in which they were read. */
export function writeMessages(
  messages: readonly Message[],
  kind: Kind,
  positions: JsonValue | undefined,
  ledger: Ledger,
): JsonObject[] {
  const written: JsonObject[] = [];
  for (const message of messages) {
    written.push(...(restoreMessage(message, kind, ledger) ?? writeNewMessage(message, kind, ledger)));
  }
  if (kind === 'request' || !messages.some((message) => packedOf(message, 'looker'))) return written;
  const arrangements = positions === undefined ? [written] : [arrange(written, positions), written];
  const arrangement = arrangements.find((each) => isReadAs(each, written));
  for (const message of messages) {
    const own = packedOf(message, 'looker');
    if (own && arrangement) ledger.carried(own, 'order');
    else if (own) ledger.refused(own, 'order', 'the messages stand in another order');
  }
  return arrangement ?? written.map((native) => without(native, [['order']]));
}

/** The messages at their positions, if these are still one place for each message. */
function arrange(messages: readonly JsonObject[], positions: JsonValue | undefined): JsonObject[] {
  if (!Array.isArray(positions) || positions.length !== messages.length) return [...messages];
  const arranged = messages.map((_, place) => messages[positions.indexOf(place)]);
  const complete = arranged.filter((message) => message !== undefined);
  return complete.length === messages.length ? complete : [...messages];
}

function isReadAs(arrangement: readonly JsonObject[], wanted: readonly JsonObject[]): boolean {
  return inOrder(arrangement, orderOf).every((each, index) => each === wanted[index]);
}
