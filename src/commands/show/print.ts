import { readModel } from '../../core/document.ts';
import { withTextsOf } from '../../core/json/inexact.ts';
import { isObject, type JsonObject } from '../../core/json.ts';
import { summarise } from '../../core/summary.ts';
import { infoOf } from '../../formats/index.ts';
import { renderDetails } from '../../output/details.ts';
import { writeJson, writeNdjson } from '../../output/json.ts';
import type { Located, Provider } from '../../providers/provider.ts';
import type { Session } from '../session.ts';

/** Prints one conversation in the format of the session: details and a transcript, or the record. */
export async function printLocated(
  session: Session,
  provider: Provider,
  located: Located,
  options: { readonly messages: boolean },
): Promise<void> {
  const shown = options.messages ? located : withoutMessages(located);
  if (session.format === 'table') {
    await session.stdout.write(await renderLocated(session, provider, located, options));
  } else if (session.format === 'ndjson') {
    await writeNdjson(session.stdout, shown.record);
  } else {
    await writeJson(session.stdout, shown.record);
  }
}

/** The record without the member that its system has its messages in. */
export function withoutMessages(located: Located): Located {
  const { messagesKey } = infoOf(located.format);
  const record: JsonObject = Object.fromEntries(
    Object.entries(located.record).filter(([key]) => key !== messagesKey),
  );
  return { ...located, record: withTextsOf(record, located.record) };
}

/** What people read: the details, then the messages. */
export async function renderLocated(
  { appearance }: Session,
  provider: Provider,
  located: Located,
  { messages }: { readonly messages: boolean },
): Promise<string> {
  const format = await infoOf(located.format).load();
  const model = readModel({ format, kind: 'record', value: located.record });
  const summary = summarise(model, located.format);
  const pairs: [string, string | number | null][] = [
    ['Id', located.id],
    ['Title', summary.title],
    ['Provider', provider.name],
    ['Format', located.format],
    ['Agent', agentLine(model.agent)],
    ['Model', summary.model],
    ['Messages', summary.messages],
    ['Created', model.created_at ?? null],
    ['Updated', model.updated_at ?? null],
    ...metadataPairs(summary.metadata),
  ];
  const details = renderDetails(
    pairs.filter(([, value]) => value !== null),
    appearance,
  );
  if (!messages || !model.messages || model.messages.length === 0) return details;
  const [{ renderTranscript }, { transcriptOf }] = await Promise.all([
    import('../../output/transcript.ts'),
    import('./transcript.ts'),
  ]);
  return `${details}\n${renderTranscript(await transcriptOf(model.messages), appearance)}`;
}

function agentLine(
  agent: { id?: string | null | undefined; name?: string | null | undefined } | undefined,
): string | null {
  const known = [agent?.name, agent?.id].filter((word) => typeof word === 'string');
  return known.length === 2 ? `${known[0]} (${known[1]})` : (known[0] ?? null);
}

function metadataPairs(metadata: unknown): [string, string][] {
  if (!isObject(metadata)) return [];
  return Object.entries(metadata).map(([key, value]) => [
    `Metadata ${key}`,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
}
