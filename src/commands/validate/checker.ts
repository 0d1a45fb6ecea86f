import { Failure } from '../../core/errors.ts';
import type { Kind } from '../../core/format.ts';
import { isObject, type JsonObject } from '../../core/json.ts';
import { formatNamed, openFormats } from '../../formats/index.ts';
import type { Entry } from '../../input/records.ts';
import { identified, placeName, soleFormat } from '../documents/document.ts';
import { findingsIn, otherFinding, syntaxFinding, unidentified } from './check.ts';
import type { Finding } from './finding.ts';
import type { ValidateOptions } from './index.ts';

/** What decides about the check of a record, as far as it was said; plain data. */
export interface CheckPlan {
  readonly format: string | undefined;
  readonly kind: Kind | undefined;
  readonly strict: boolean;
}

/**
 * Everything wrong with a record, in the order of the text: at once, as waiting for each of many would take long, but
 * for the first of a format, which is loaded then.
 */
export type Checker = (entry: Entry) => readonly Finding[] | Promise<readonly Finding[]>;

export function planOf({ format, record, request, strict }: ValidateOptions): CheckPlan {
  const asked = record === true ? 'record' : undefined;
  return { format, kind: request === true ? 'request' : asked, strict: strict === true };
}

/** @throws Failure `usage` for a format that there is not, `unsupported` for requests of one that has none. */
export async function openChecker({ format: name, kind, strict }: CheckPlan): Promise<Checker> {
  const said = name === undefined ? undefined : formatNamed(name);
  const loaded = kind === 'request' ? await said?.load() : undefined;
  if (loaded && !loaded.request) {
    throw new Failure('unsupported', `${loaded.title} has no request: nothing creates a conversation there`);
  }
  const formatOf = openFormats();

  const checkObject = (entry: Entry, value: JsonObject): ReturnType<Checker> => {
    try {
      const info = said ?? soleFormat(value, { flag: '--format' }, () => placeName(entry));
      const format = formatOf(info);
      if (format instanceof Promise) return format.then(() => checkObject(entry, value));
      return findingsIn(entry, { ...identified(value, { info, format, kind }), value }, strict);
    } catch (error) {
      // A record that does not tell what it is, or is asked to be what its system has not, does not stop the others.
      if (error instanceof Failure) return [unidentified(entry, error)];
      throw error;
    }
  };
  return (entry) => {
    const { outcome } = entry;
    if (!outcome.ok) return [syntaxFinding(entry, outcome.problem)];
    return isObject(outcome.value) ? checkObject(entry, outcome.value) : [otherFinding(entry, outcome.value)];
  };
}
