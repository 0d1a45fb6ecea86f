import { Failure } from './errors.ts';
import { fromPointer, toPointer } from './json.ts';

/**
 * A path as people type it: dotted (`metadata.topic`, `items.0.role`, `\.` for a dot in a key) or a JSON pointer.
 * @throws Failure `usage` for an empty path or step.
 */
export function parsePath(text: string): readonly string[] {
  const steps = text.startsWith('/') ? fromPointer(text) : splitDotted(text);
  const isPointer = text.startsWith('/') && !/~(?![01])/.test(text);
  if (
    (text.startsWith('/') && !isPointer) ||
    steps.length === 0 ||
    (!text.startsWith('/') && steps.includes(''))
  ) {
    throw new Failure('usage', `${JSON.stringify(text)} is no path`, {
      hint: 'write it dotted, as in metadata.topic, or as a JSON pointer, as in /metadata/topic',
    });
  }
  return steps;
}

function splitDotted(text: string): string[] {
  return text.split(/(?<!\\)\./).map((step) => step.replaceAll('\\.', '.'));
}

/** `path=value`, cut at the first `=`; `\=` is one in a key. @throws Failure `usage` if there is none. */
export function parseAssignment(text: string, flag: string): { path: readonly string[]; value: string } {
  const cut = text.search(/(?<!\\)=/);
  if (cut <= 0) {
    throw new Failure('usage', `${flag} takes <path>=<value>, not ${JSON.stringify(text)}`, {
      hint: `for example ${flag} metadata.topic=demo`,
    });
  }
  return { path: parsePath(text.slice(0, cut).replaceAll('\\=', '=')), value: text.slice(cut + 1) };
}

/** The path as people read it. */
export function showPath(path: readonly (string | number)[]): string {
  const plain = path.every((step) => !String(step).includes('.') && step !== '');
  return plain ? path.join('.') : toPointer(path);
}
