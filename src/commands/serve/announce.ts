import type { JsonObject } from '../../core/json.ts';
import { writeJson, writeNdjson } from '../../output/json.ts';
import type { ServedSystem } from '../../serve/system.ts';
import type { Session } from '../session.ts';

export interface Served {
  /** `http://127.0.0.1:41234` */
  readonly origin: string;
  readonly systems: readonly ServedSystem[];
  /** The token that was made for this run; undefined if one was given, which is never printed. */
  readonly token: string | undefined;
}

/** Prints where each system is and what points its own client there. A line each for people, not cut to any width. */
export async function announce(session: Session, { origin, systems, token }: Served): Promise<void> {
  const rows = systems.map((system) => rowOf(system, `${origin}${system.path}`, token));
  if (session.format === 'json') return writeJson(session.stdout, rows);
  if (session.format === 'ndjson') {
    for (const row of rows) await writeNdjson(session.stdout, row);
    return;
  }
  const names = widest(rows.map(({ system }) => system));
  const urls = widest(rows.map(({ url }) => url));
  const lines = rows.map(({ system, url, environment }) => {
    const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
    return `${system.padEnd(names)}  ${url.padEnd(urls)}  ${variables.join(' ')}`.trimEnd();
  });
  await session.stdout.write(`${lines.join('\n')}\n`);
}

function widest(texts: readonly string[]): number {
  return Math.max(...texts.map((text) => text.length));
}

interface Row extends JsonObject {
  readonly system: string;
  readonly title: string;
  readonly url: string;
  /** Variables for the system's own client. */
  readonly environment: Record<string, string>;
  /** The variable that takes the token. */
  readonly key: string;
}

function rowOf({ name, title, environment, key }: ServedSystem, url: string, token: string | undefined): Row {
  return {
    system: name,
    title,
    url,
    environment: { ...environment(url), ...(token !== undefined && { [key]: token }) },
    key,
  };
}
