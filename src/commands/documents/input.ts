import type { Context } from '../../context.ts';
import { Failure } from '../../core/errors.ts';
import { DecodeProblem } from '../../input/decode.ts';
import { type Input, openRecords } from '../../input/records.ts';
import { type Chunks, openSource, sourceName } from '../../input/source.ts';

/**
 * The records of a file, or of stdin for `-`, read while they are asked for; of a small input all is known to be text.
 * @throws Failure `unreadable` or `invalid`, naming the file, now or while the records are read.
 */
export async function readInput(
  context: Context,
  path: string,
  { beforeReading }: ReadingOptions = {},
): Promise<Input> {
  const opened = await openChunks(context, path);
  const chunks = beforeReading ? announced(opened, beforeReading) : opened;
  return await openRecords(path, chunks, { wording: (error) => wordedFor(path, error) });
}

export interface ReadingOptions {
  /** Called before each reading, which may have to wait: all entries known so far were asked for then. */
  readonly beforeReading?: () => Promise<void>;
}

async function* announced(chunks: Chunks, beforeReading: () => Promise<void>): AsyncGenerator<Uint8Array> {
  await beforeReading();
  for await (const chunk of chunks) {
    yield chunk;
    await beforeReading();
  }
}

/** The bytes of a file, or of stdin for `-`. @throws Failure `unreadable`, now or while they are read. */
export function openChunks({ files, stdin }: Context, path: string): Promise<Chunks> {
  return openSource(path, { readFile: files.open, stdin: stdin.open });
}

function wordedFor(path: string, error: unknown): unknown {
  if (!(error instanceof DecodeProblem)) return error;
  const { line, column, hint, message } = error;
  return new Failure('invalid', `${sourceName(path)}:${line}:${column}: ${message}`, {
    ...(hint !== undefined && { hint }),
  });
}

/**
 * What a command with an optional file reads: the file named; stdin when nothing else gives it content; else
 * nothing. A terminal is never waited for unless `-` is written.
 */
export function inputPath(
  context: Context,
  file: string | undefined,
  hasContent: boolean,
): string | undefined {
  if (file !== undefined) return file;
  return hasContent || context.stdin.isTTY ? undefined : '-';
}

/** The same for commands that read any number of files. @throws Failure `usage` if there is nothing to read. */
export function inputPaths(context: Context, files: readonly string[]): readonly string[] {
  if (files.length > 0) return files;
  if (!context.stdin.isTTY) return ['-'];
  throw new Failure('usage', 'there is nothing to read', {
    hint: 'name a file, pipe something in, or write - to type it',
  });
}
