import { isObject, type JsonObject, type JsonValue, member, setMember } from '../../core/json.ts';
import type { Ledger } from '../../core/ledger.ts';
import { without } from '../../core/mapping.ts';
import type { PartOf } from '../../core/parts.ts';
import type { Slot } from './target.ts';
import { setBySystem } from './types.ts';

/** An item that was kept whole. Its id is that of the message, if the message has one. */
export function writeOther(part: PartOf<'other'>, slot: Slot, ledger: Ledger): JsonObject {
  const { isFirst, isSanitised, message } = slot;
  const value: JsonObject = isObject(part.value) ? part.value : {};
  for (const field of ['type', 'format', 'kind']) ledger.carried(part, field);
  const assigned = isSanitised ? setBySystem(part.kind) : [];
  const item: JsonObject = {};
  for (const [key, inner] of Object.entries(value)) {
    if (assigned.includes(key)) ledger.assigned(value, key);
    else
      setMember(
        item,
        key,
        isSanitised ? writeInner(value, key, inner, ledger) : carry(value, key, inner, ledger),
      );
  }
  if (!isFirst || message.id === undefined) return item;
  if (assigned.includes('id')) ledger.assigned(message, 'id');
  else writeId(message.id, value, item, slot, ledger);
  return item;
}

function carry(value: JsonObject, key: string, inner: JsonValue, ledger: Ledger): JsonValue {
  ledger.carried(value, key);
  return inner;
}

/** Who made an output of a shell is said within it. */
function writeInner(value: JsonObject, key: string, inner: JsonValue, ledger: Ledger): JsonValue {
  const isShellOutput = member(value, 'type') === 'shell_call_output' && key === 'output';
  if (!isShellOutput || !Array.isArray(inner)) return carry(value, key, inner, ledger);
  return inner.map((entry, index) => {
    if (!isObject(entry)) {
      ledger.carried(inner, index);
      return entry;
    }
    for (const name of Object.keys(entry)) {
      if (name === 'created_by') ledger.assigned(entry, name);
      else ledger.carried(entry, name);
    }
    return without(entry, [['created_by']]);
  });
}

function writeId(id: string, value: JsonObject, item: JsonObject, { message }: Slot, ledger: Ledger): void {
  const own = member(value, 'id');
  const isSame = typeof own === 'number' ? String(own) === id : own === id;
  if (!isSame) item['id'] = id;
  if (isSame) ledger.implied(value, 'id');
  else if (own !== undefined) ledger.refused(value, 'id', 'the id of the message counts');
  ledger.carried(message, 'id');
}
