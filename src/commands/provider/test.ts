import type { Context } from '../../context.ts';
import type { JsonObject } from '../../core/json.ts';
import { writeJson, writeNdjson } from '../../output/json.ts';
import { findPlace } from '../../providers/open.ts';
import { type OutputOptions, openSession } from '../session.ts';
import { overviewOf } from './overview.ts';
import { type Probe, probe } from './probe.ts';

/** Sends one harmless request and prints how it went. @throws the Failure that it met with. */
export async function testProvider(name: string, options: OutputOptions, context: Context): Promise<void> {
  const session = openSession(context, options);
  const place = await findPlace(context, name);
  const overview = await overviewOf(context, place, await (await context.settings()).read());
  const outcome = await probe(context, place, session.telling);
  const { stdout, format } = session;
  const where = overview.location?.value ?? null;
  const result = { name, system: overview.system, address: where, ...probeJson(outcome) };
  if (format === 'json') await writeJson(stdout, result);
  else if (format === 'ndjson') await writeNdjson(stdout, result);
  else
    await stdout.write(`${overview.title} ${probeWords(outcome)}${where === null ? '' : ` at ${where}`}\n`);
  if (outcome.failure) throw outcome.failure;
}

function probeWords({ milliseconds, failure }: Probe): string {
  return failure ? `failed after ${milliseconds} ms` : `answered after ${milliseconds} ms`;
}

function probeJson({ milliseconds, failure }: Probe): JsonObject {
  return {
    works: failure === undefined,
    milliseconds,
    error: failure ? { code: failure.code, message: failure.message } : null,
  };
}
