import type { Context } from '../../context.ts';
import { Failure } from '../../core/errors.ts';
import { DecodeProblem } from '../../input/decode.ts';
import { type Input, readRecords } from '../../input/records.ts';
import { readSource, sourceName } from '../../input/source.ts';

/** The records of a file, or of stdin for `-`. @throws Failure `unreadable` or `invalid`, naming the file. */
export async function readInput(context: Context, path: string): Promise<Input> {
  const bytes = await readSource(path, { readFile: context.files.read, stdin: context.stdin.read });
  try {
    return readRecords(path, bytes);
  } catch (error) {
    if (!(error instanceof DecodeProblem)) throw error;
    const { line, column, hint, message } = error;
    throw new Failure('invalid', `${sourceName(path)}:${line}:${column}: ${message}`, {
      ...(hint !== undefined && { hint }),
    });
  }
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
