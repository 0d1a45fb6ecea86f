import { convert } from '../../core/convert.ts';
import { Failure } from '../../core/errors.ts';
import type { Format, FormatInfo, Kind } from '../../core/format.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Loss } from '../../core/ledger.ts';
import { formatNamed, kindOf, openFormats } from '../../formats/index.ts';
import type { Entry } from '../../input/records.ts';
import { applySets, complete, oddSets } from '../documents/completeness.ts';
import { placeName, soleFormat, validDocument, valueOf } from '../documents/document.ts';
import type { ConvertOptions } from './index.ts';

/** What decides about the conversion of a record; plain data. */
export type ConvertPlan = Pick<ConvertOptions, 'from' | 'to' | 'request' | 'set' | 'strict'>;

/** What became of one record. */
export interface Attempted {
  /** Absent where the conversion failed. */
  readonly value?: JsonObject;
  readonly failure?: Failure;
  /** Known even where `--strict` made it a failure. */
  readonly losses: readonly Loss[];
  /** Of the record; null if it has none. */
  readonly id: string | null;
}

export interface Converter {
  /**
   * Converts a record: at once, as waiting for each of many would take long, but for the first of a format, which is
   * loaded then. Only what nobody foresaw is thrown.
   */
  readonly convert: (entry: Entry) => Attempted | Promise<Attempted>;
  /** What is odd about `--set`, as a result shows. */
  readonly oddities: (value: JsonObject) => readonly string[];
}

/** @throws Failure `usage` for a format that there is not, `unsupported` for a request of one that has none. */
export async function openConverter({
  from,
  to,
  request,
  set = [],
  strict,
}: ConvertPlan): Promise<Converter> {
  const format = await formatNamed(to).load();
  const kind: Kind = request === true ? 'request' : 'record';
  if (kind === 'request' && !format.request) {
    throw new Failure('unsupported', `${format.title} has no request: nothing creates a conversation there`);
  }
  const said = from === undefined ? undefined : formatNamed(from);
  const sourceOf = openFormats();

  const convertFrom = (entry: Entry, info: FormatInfo, source: Format): Attempted => {
    const value = valueOf(entry);
    const document = validDocument(entry, { format: source, kind: kindOf(info, source, value), value });
    const { output, losses, id } = convert(document, format, kind);
    const result = applySets(output, set, format, kind);
    complete({ format, kind, value: result }, { place: () => placeName(entry) });
    const failure = strict === true ? refusal(losses, entry, format) : undefined;
    return failure ? { failure, losses, id } : { value: result, losses, id };
  };
  const convertEntry: Converter['convert'] = (entry) => {
    try {
      const info = said ?? soleFormat(valueOf(entry), { flag: '--from' }, () => placeName(entry));
      const source = sourceOf(info);
      if (source instanceof Promise) return source.then(() => convertEntry(entry));
      return convertFrom(entry, info, source);
    } catch (error) {
      if (error instanceof Failure) return { failure: error, losses: [], id: null };
      throw error;
    }
  };
  return { convert: convertEntry, oddities: (value) => oddSets({ format, kind, value }, set) };
}

/** The failure of a record that loses something, under `--strict`. */
function refusal(losses: readonly Loss[], entry: Entry, format: Format): Failure | undefined {
  const counted = losses.filter((loss) => loss.kind !== 'assigned');
  if (counted.length === 0) return undefined;
  const what = counted.length === 1 ? 'a value' : `${counted.length} values`;
  return new Failure(
    'lossy',
    `${placeName(entry)}: ${format.title} cannot carry ${what}, and --strict was given`,
    { issues: counted.map(({ path, kind, reason }) => ({ path, message: `${kind}: ${reason}` })) },
  );
}
