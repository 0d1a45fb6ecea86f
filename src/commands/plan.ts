import { stringify } from '../core/json/inexact.ts';
import type { JsonObject } from '../core/json.ts';
import { openArray, writeNdjson } from '../output/json.ts';
import { neutralise } from '../output/terminal-text.ts';
import type { PlannedRequest } from '../providers/remote.ts';
import type { Session } from './session.ts';

/** Prints calls as they are known. */
export interface PlanPrinter {
  readonly add: (request: PlannedRequest) => Promise<void>;
  /** Ends the output, also after a failure. */
  readonly close: () => Promise<void>;
}

/** Prints the calls of a dry run: as JSON an array of them, for people a line each with its body below. */
export async function printPlan(session: Session, requests: readonly PlannedRequest[]): Promise<void> {
  const printer = openPlan(session);
  for (const request of requests) await printer.add(request);
  await printer.close();
}

/** The same for calls that come one by one. */
export function openPlan({ stdout, format }: Session): PlanPrinter {
  if (format === 'ndjson') {
    return { add: (request) => writeNdjson(stdout, objectOf(request)), close: async () => undefined };
  }
  if (format === 'json') {
    const array = openArray(stdout);
    return { add: (request) => array.element(objectOf(request)), close: () => array.close() };
  }
  return { add: (request) => stdout.write(textOf(request)), close: async () => undefined };
}

function textOf({ method, url, headers, body }: PlannedRequest): string {
  const lines = [`${method} ${url}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)];
  const said = body === undefined ? '' : `\n${neutralise(stringify(body, 2), { keepNewlines: true })}\n`;
  return `${lines.map((line) => neutralise(line)).join('\n')}\n${said}\n`;
}

function objectOf({ method, url, headers, body }: PlannedRequest): JsonObject {
  return { method, url, headers: { ...headers }, ...(body !== undefined && { body }) };
}
