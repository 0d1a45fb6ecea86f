import { isObject, type JsonValue, member } from '../../src/core/json.ts';
import type { Envelope, Summary } from '../../src/store/envelope.ts';

/** A conversation of no particular system. */
export function envelope(id: string, record: Envelope['record'] = {}): Envelope {
  return { format: 'example', id, record };
}

/** Takes what a list shows from members of the record with the same names. */
export async function summarise({ id, format, record }: Envelope): Promise<Summary> {
  const text = (name: string) => textOrNull(member(record, name));
  const metadata = member(record, 'metadata');
  return {
    id,
    format,
    title: text('title'),
    agent: text('agent'),
    model: text('model'),
    messages: null,
    created_at: text('created_at'),
    updated_at: text('updated_at'),
    metadata: isObject(metadata) ? metadata : null,
  };
}

function textOrNull(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
