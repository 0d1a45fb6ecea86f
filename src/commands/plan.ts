import { stringify } from '../core/json/inexact.ts';
import type { JsonObject } from '../core/json.ts';
import { openArray, writeNdjson } from '../output/json.ts';
import { neutralise } from '../output/terminal-text.ts';
import type { PlannedRequest } from '../providers/remote.ts';
import type { Session } from './session.ts';

/** Prints the calls of a dry run: as JSON an array of them, for people a line each with its body below. */
export async function printPlan(session: Session, requests: readonly PlannedRequest[]): Promise<void> {
  const { stdout, format } = session;
  if (format === 'ndjson') {
    for (const request of requests) await writeNdjson(stdout, objectOf(request));
    return;
  }
  if (format === 'json') {
    const array = openArray(stdout);
    for (const request of requests) await array.element(objectOf(request));
    return array.close();
  }
  for (const { method, url, headers, body } of requests) {
    const lines = [
      `${method} ${url}`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ];
    const said = body === undefined ? '' : `\n${neutralise(stringify(body, 2), { keepNewlines: true })}\n`;
    await stdout.write(`${lines.map((line) => neutralise(line)).join('\n')}\n${said}\n`);
  }
}

function objectOf({ method, url, headers, body }: PlannedRequest): JsonObject {
  return { method, url, headers: { ...headers }, ...(body !== undefined && { body }) };
}
