import { convert, schemaOf } from '../../src/core/convert.ts';
import type { Format, Kind } from '../../src/core/format.ts';
import {
  equal,
  isObject,
  type JsonObject,
  type JsonPath,
  type JsonValue,
  toPointer,
} from '../../src/core/json.ts';
import { isValid } from '../../src/core/schema/problems.ts';
import { replaceAt } from '../support/replace.ts';
import { asJson } from './sources.ts';

/** From which format and kind to which. */
export interface Way {
  readonly from: Format;
  readonly kind: Kind;
  readonly to: Format;
  readonly target: Kind;
}

/** A value about which a conversion says what is not so. */
export interface Breach {
  readonly path: string;
  readonly what: 'vanished without a word' | 'reported as lost, but carried';
}

/**
 * Puts the loss law to the proof without trusting any account of the conversion: each value at `paths` is changed
 * in turn. Where the output stays the same, it was lost and has to be reported; where the output changes though the
 * value is reported as dropped, it was carried. No breach, no elements.
 */
export function breaches(way: Way, document: JsonObject, paths: readonly JsonPath[]): Breach[] {
  const first = convertOn(way, document);
  return paths.flatMap((path): Breach[] => {
    const other = mutated(document, path);
    if (!other || !isValid(schemaOf(way.from, way.kind), other)) return [];
    const second = convertOn(way, other);
    const where = toPointer(path);
    const [before, after] = [lossAt(first.losses, where), lossAt(second.losses, where)];
    if (equal(unordered(first.output), unordered(second.output))) {
      return before || after ? [] : [{ path: where, what: 'vanished without a word' }];
    }
    const stillDropped = before?.kind === 'dropped' && equal({ ...before }, { ...after });
    return stillDropped ? [{ path: where, what: 'reported as lost, but carried' }] : [];
  });
}

function convertOn({ from, kind, to, target }: Way, value: JsonObject) {
  const { output, losses } = convert({ format: from, kind, value }, to, target);
  return { output: asJson(output), losses };
}

function lossAt(losses: ReturnType<typeof convert>['losses'], pointer: string) {
  return losses.find(({ path }) => pointer === path || pointer.startsWith(`${path}/`));
}

/** A time may decide where a message stands without being carried itself. */
function unordered(value: JsonValue): JsonValue {
  if (Array.isArray(value)) {
    return value
      .map(unordered)
      .toSorted((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unordered(item)]));
}

/** Paths of all values that are no containers, not null, and not merely how another value was spelt. */
export function leavesOf(value: JsonValue, path: JsonPath = []): JsonPath[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => leavesOf(item, [...path, index]));
  if (isObject(value)) return Object.entries(value).flatMap(([key, item]) => leavesOf(item, [...path, key]));
  return value === null || path.includes('$written') ? [] : [path];
}

/** The document with another value of the same type at `path`; `undefined` if there is none. */
function mutated(document: JsonObject, path: JsonPath): JsonObject | undefined {
  return replaceAt(document, path, (value) => {
    if (typeof value === 'string') return otherText(value);
    if (typeof value === 'number') return value === 7 ? 8 : 7;
    return typeof value === 'boolean' ? !value : value;
  });
}

/** A time stays a time, so that what is carried as one still is. */
function otherText(text: string): string {
  return /^\d{4}-\d\d-\d\d/.test(text) ? '2021-03-04T05:06:07Z' : `${text}x`;
}
