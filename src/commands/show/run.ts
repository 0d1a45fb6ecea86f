import type { Context } from '../../context.ts';
import { convert } from '../../core/convert.ts';
import type { Format } from '../../core/format.ts';
import type { JsonObject } from '../../core/json.ts';
import { formatNamed, infoOf } from '../../formats/index.ts';
import { openArray, writeJson, writeNdjson } from '../../output/json.ts';
import { createLossTally } from '../../output/losses.ts';
import { openProvider } from '../../providers/open.ts';
import type { Located } from '../../providers/provider.ts';
import { notFound, unable } from '../../providers/unable.ts';
import { complete } from '../documents/completeness.ts';
import { collectFailures } from '../failures.ts';
import { readIds } from '../ids.ts';
import { lossesOf, openSession, type Session } from '../session.ts';
import type { ShowOptions } from './index.ts';
import { renderLocated, withoutMessages } from './print.ts';

/** Shows each conversation that is there; those that are not are named, and decide the exit code. */
export async function show(ids: readonly string[], options: ShowOptions, context: Context): Promise<void> {
  const target = options.as === undefined ? undefined : await formatNamed(options.as).load();
  const session = openSession(context, options);
  const provider = await openProvider(context, options.provider, session.telling);
  if (!provider.show) throw unable(provider, 'show');
  const { show: find } = provider;
  const wanted = await readIds(context, ids);
  const one = ids.length === 1 && ids[0] !== '-';
  const tally = createLossTally();
  const failures = collectFailures(session, 'conversation', 'shown');
  const writer = openWriter(session, one);
  let count = 0;
  try {
    for (const id of wanted) {
      await failures.attempt(
        async () => {
          const located = await find(id, { messages: options.messages });
          if (!located) throw notFound(id, provider.title);
          const kept = options.messages ? located : withoutMessages(located);
          const { shown, losses } = target ? await inFormat(kept, target) : { shown: kept, losses: [] };
          for (const loss of lossesOf(losses, count, id)) tally.add(loss);
          count += 1;
          await writer.write(shown, async () => renderLocated(session, provider, shown, options));
        },
        { alone: one, id },
      );
    }
  } finally {
    await writer.close();
  }
  await session.reportLosses(tally);
  if (wanted.length === 0) await session.warn('there are no ids: nothing was shown');
  failures.finish();
}

async function inFormat(located: Located, format: Format) {
  const source = await infoOf(located.format).load();
  const { output, losses } = convert(
    { format: source, kind: 'record', value: located.record },
    format,
    'record',
  );
  const { value } = complete(
    { format, kind: 'record', value: output },
    {
      place: located.id,
      via: `convo show ${located.id} -o json`,
    },
  );
  return { shown: { id: located.id, format: format.name, record: value }, losses };
}

interface LocatedWriter {
  readonly write: (located: { readonly record: JsonObject }, render: () => Promise<string>) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** An object for one id, an array for several or for ids from stdin. */
function openWriter({ format, stdout }: Session, one: boolean): LocatedWriter {
  if (format === 'table') {
    let first = true;
    return {
      async write(_located, render) {
        await stdout.write(`${first ? '' : '\n'}${await render()}`);
        first = false;
      },
      close: nothingMore,
    };
  }
  if (format === 'ndjson') return { write: ({ record }) => writeNdjson(stdout, record), close: nothingMore };
  if (one) return { write: ({ record }) => writeJson(stdout, record), close: nothingMore };
  const array = openArray(stdout);
  return { write: ({ record }) => array.element(record), close: () => array.close() };
}

async function nothingMore(): Promise<void> {}
