import type { JsonObject } from '../../src/core/json.ts';
import { listenTo, type ServedStore, serveStore, TOKEN } from '../serve/desk.ts';
import { type FakeWorld, fakeContext } from '../support/world.ts';

/** A world whose providers `openai`, `looker` and `orq` are a server of its own; both end with the test. */
export interface ServedWorld extends FakeWorld {
  readonly served: ServedStore;
  /** Every record that the server keeps, as it is. */
  readonly kept: () => Promise<JsonObject[]>;
  /** The requests that the server got, as `POST /looker/…`. */
  readonly asked: readonly string[];
}

export async function servedWorld(
  files: Readonly<Record<string, string>>,
  faults: readonly string[] = [],
): Promise<ServedWorld> {
  const served = await serveStore({ faults });
  const asked: string[] = [];
  const origin = await listenTo({
    fetch: (request, bindings) => {
      asked.push(`${request.method} ${new URL(request.url).pathname}`);
      return served.fetch(request, bindings);
    },
  });
  const world = fakeContext({
    files,
    environment: {
      OPENAI_API_KEY: TOKEN,
      OPENAI_BASE_URL: `${origin}/openai/v1`,
      LOOKERSDK_BASE_URL: `${origin}/looker`,
      LOOKERSDK_CLIENT_ID: 'convo',
      LOOKERSDK_CLIENT_SECRET: TOKEN,
      PLANTED: TOKEN,
    },
  });
  const settings = await world.context.settings();
  await settings.write({
    providers: {
      tower: { system: 'orq', url: `${origin}/orq`, key: 'env:PLANTED', generation: '4.2', project: 'prj_1' },
    },
  });
  const kept = async (): Promise<JsonObject[]> => {
    const records: JsonObject[] = [];
    for await (const { record } of served.store.scan({ damaged: () => undefined })) records.push(record);
    return records;
  };
  return { ...world, served, kept, asked };
}

/** An outcome as it is printed. */
export interface PrintedOutcome {
  readonly file: string | null;
  readonly line: number | null;
  readonly source: { readonly provider: string | null; readonly id: string | null };
  readonly id: string | null;
  readonly status: string;
  readonly losses: readonly { readonly path: string }[];
  readonly error: { readonly code: string; readonly message: string; readonly hint?: string } | null;
}

/** What a command printed since the text that was there before, one outcome a line. */
export function outcomesIn(text: string, before = ''): PrintedOutcome[] {
  const lines = text.slice(before.length).split('\n').filter(Boolean);
  return lines.map((line): PrintedOutcome => JSON.parse(line));
}

/** `One 2` for a record of Looker that is called One and has two messages; in order. */
export function namesAndCounts(records: readonly JsonObject[]): string[] {
  return records
    .map(
      ({ name, messages }) => `${JSON.stringify(name)} ${Array.isArray(messages) ? messages.length : 'no'}`,
    )
    .map((text) => text.replaceAll('"', ''))
    .toSorted();
}
