import fc from 'fast-check';
import { schemaOf } from '../../src/core/convert.ts';
import type { Format, FormatInfo, Kind } from '../../src/core/format.ts';
import { isObject, type JsonObject } from '../../src/core/json.ts';
import { noLedger } from '../../src/core/ledger.ts';
import { formats } from '../../src/formats/index.ts';
import { arbitraryDocument } from '../support/arbitrary.ts';

/** A format, loaded, with what is known of it beforehand. */
export interface Loaded {
  readonly info: FormatInfo;
  readonly format: Format;
}

export async function loadAll(): Promise<readonly Loaded[]> {
  return Promise.all(formats.map(async (info) => ({ info, format: await info.load() })));
}

export function kindsOf({ format }: Loaded): readonly Kind[] {
  return format.request ? ['record', 'request'] : ['record'];
}

/**
 * Valid documents of a format. Those of `convo` are what people write (without extensions) and what reading another
 * format gives: an extension is a format's own business, and made-up ones mean nothing.
 */
export function documents(
  { format }: Loaded,
  kind: Kind,
  all: readonly Loaded[],
  options: { readonly unknownMembers?: boolean } = {},
): fc.Arbitrary<JsonObject> {
  const schema = schemaOf(format, kind);
  const own = arbitraryDocument(schema, options);
  if (format.name !== 'convo') return own;
  const read = all
    .filter((other) => other.format.name !== 'convo')
    .map((other) =>
      arbitraryDocument(other.format.record(), options).map((value) =>
        asJson(other.format.read(value, 'record', noLedger)),
      ),
    );
  return fc.oneof(own.map(withoutExtensions), ...read);
}

/** What is left after the way through text, as between two runs of the program. */
export function asJson(value: unknown): JsonObject {
  const parsed: unknown = JSON.parse(JSON.stringify(value));
  return isObject(parsed) ? parsed : {};
}

function withoutExtensions(document: JsonObject): JsonObject {
  const parsed: unknown = JSON.parse(JSON.stringify(document), (key, value: unknown) =>
    key === 'extensions' ? undefined : value,
  );
  return isObject(parsed) ? parsed : {};
}

/** Nothing may be changed by a conversion. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) deepFreeze(inner);
    Object.freeze(value);
  }
  return value;
}
