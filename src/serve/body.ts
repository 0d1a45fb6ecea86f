import type { Context } from 'hono';
import { JsonSyntaxProblem, parseJson } from '../core/json/parse.ts';
import { positionAt } from '../core/json/position.ts';
import type { JsonValue } from '../core/json.ts';
import type { ServeEnvironment } from './system.ts';

/** A body that is no JSON, or none that can be kept exactly. The message is a clause that says where and why. */
export class MalformedBody extends Error {
  override readonly name = 'MalformedBody';
}

/** A body that is larger than any that is read. */
export class OversizedBody extends Error {
  override readonly name = 'OversizedBody';
}

/**
 * The JSON of a request; undefined if its body is empty. Numbers keep their value and keys are unique.
 * @throws MalformedBody or OversizedBody
 */
export async function readJson(c: Context<ServeEnvironment>): Promise<JsonValue | undefined> {
  const text = await readText(c);
  if (text === '') return undefined;
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxProblem)) throw error;
    const { line, column } = positionAt(text, error.offset);
    throw new MalformedBody(`${error.message} (line ${line}, column ${column})`, { cause: error });
  }
}

/** The text of a request. Read when it is asked for: nobody without a key makes the server keep a body. */
export async function readText(c: Context<ServeEnvironment>): Promise<string> {
  const most = c.get('mostBytes');
  if (Number(c.req.header('content-length') ?? 0) > most) throw new OversizedBody();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of c.req.raw.body ?? []) {
    chunks.push(chunk);
    bytes += chunk.byteLength;
    if (bytes > most) throw new OversizedBody();
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch (error) {
    throw new MalformedBody('the body is not UTF-8', { cause: error });
  }
}
