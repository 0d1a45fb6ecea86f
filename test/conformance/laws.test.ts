import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conversation } from '../../src/core/conversation.ts';
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
import { noLedger } from '../../src/core/ledger.ts';
import { isValid, problemsOf } from '../../src/core/schema/problems.ts';
import { replaceAt } from '../support/replace.ts';
import { asJson, deepFreeze, documents, kindsOf, type Loaded, loadAll } from './sources.ts';

/** How many documents each law is tried on; a longer search is `CONVO_LAW_RUNS=1000 npx vitest run test/conformance`. */
const runs = Number(process.env['CONVO_LAW_RUNS'] ?? 25);

const leavesPerRun = 12;

const all = await loadAll();

for (const loaded of all) {
  for (const kind of kindsOf(loaded)) {
    describe(`home: ${loaded.format.name} ${kind}`, () => {
      const { format } = loaded;

      it('comes back equal from the model', () => {
        fc.assert(
          fc.property(documents(loaded, kind, all), (document) => {
            const model = asJson(format.read(deepFreeze(document), kind, noLedger));
            const back = format.write(readConversation(model), kind, noLedger);
            expect(asJson(back)).toEqual(home(format, kind, document));
          }),
          { numRuns: runs * 4 },
        );
      });

      it('is read to a valid model', () => {
        fc.assert(
          fc.property(documents(loaded, kind, all), (document) => {
            const model = asJson(format.read(document, kind, noLedger));
            expect(problemsOf(conversation(), model, { warnings: false })).toEqual([]);
          }),
          { numRuns: runs },
        );
      });
    });
  }
}

/** A request of our own is made into a new conversation, whose id is another. */
function home(format: Format, kind: Kind, document: JsonObject): JsonObject {
  const { id: _assigned, ...others } = document;
  return asJson(format.name === 'convo' && kind === 'request' ? others : document);
}

/** The law allows no `as`, and the model is checked by the test beside. */
function readConversation(model: JsonObject): Parameters<Format['write']>[0] {
  return { ...model, convo: 1 };
}

for (const from of all) {
  for (const kind of kindsOf(from)) {
    for (const to of all) {
      for (const target of kindsOf(to)) {
        if (from !== to || kind !== target) describePair(from, kind, to, target);
      }
    }
  }
}

function describePair(from: Loaded, kind: Kind, to: Loaded, target: Kind): void {
  describe(`loss: ${from.format.name} ${kind} to ${to.format.name} ${target}`, () => {
    it('gives what the schema of the target accepts, but for what it requires and nobody gave', () => {
      fc.assert(
        fc.property(documents(from, kind, all), (document) => {
          const { output } = convertTo(from, kind, to, target, document);
          const wrong = problemsOf(schemaOf(to.format, target), asJson(output), { warnings: false });
          expect(wrong.filter((problem) => problem.missing !== true)).toEqual([]);
        }),
        { numRuns: runs },
      );
    });

    it('carries or reports every value, and carries none that it reports', () => {
      fc.assert(
        fc.property(documents(from, kind, all, { unknownMembers: false }), fc.nat(), (document, offset) => {
          const first = convertTo(from, kind, to, target, document);
          for (const path of someOf(leavesOf(document), offset)) {
            const other = mutated(document, path);
            if (!other || !isValid(schemaOf(from.format, kind), other)) continue;
            const second = convertTo(from, kind, to, target, other);
            const same = equal(unordered(first.output), unordered(second.output));
            const where = toPointer(path);
            const [before, after] = [lossAt(first.losses, where), lossAt(second.losses, where)];
            if (same) {
              const said = before !== undefined || after !== undefined;
              expect({ where, vanished: !said, document }).toEqual({ where, vanished: false, document });
            } else if (before?.kind === 'dropped' && equal({ ...before }, { ...after })) {
              expect({ where, reported: before, carried: true, document }).toBe(
                'not both reported and carried',
              );
            }
          }
        }),
        { numRuns: runs },
      );
    });
  });
}

function convertTo(from: Loaded, kind: Kind, to: Loaded, target: Kind, value: JsonObject) {
  return convert({ format: from.format, kind, value }, to.format, target);
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
function leavesOf(value: JsonValue, path: JsonPath = []): JsonPath[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => leavesOf(item, [...path, index]));
  if (isObject(value)) return Object.entries(value).flatMap(([key, item]) => leavesOf(item, [...path, key]));
  return value === null || path.includes('$written') ? [] : [path];
}

/** A few of many, other ones in each run. */
function someOf<T>(items: readonly T[], offset: number): T[] {
  const step = Math.max(1, Math.floor(items.length / leavesPerRun));
  return items.filter((_, index) => index % step === offset % step);
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
