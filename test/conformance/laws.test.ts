import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conversation } from '../../src/core/conversation.ts';
import { convert, schemaOf } from '../../src/core/convert.ts';
import type { Format, Kind } from '../../src/core/format.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { createLedger, noLedger } from '../../src/core/ledger.ts';
import { problemsOf } from '../../src/core/schema/problems.ts';
import { summarise, summariseRecord } from '../../src/core/summary.ts';
import { examplesOf } from './examples.ts';
import { breaches, leavesOf } from './honesty.ts';
import { asJson, deepFreeze, documents, kindsOf, type Loaded, loadAll } from './sources.ts';

/** How many documents each law is tried on; a longer search is `CONVO_LAW_RUNS=1000 npx vitest run test/conformance`. */
const runs = Number(process.env['CONVO_LAW_RUNS'] ?? 25);

const leavesPerRun = 12;

const all = await loadAll();

/** All that can be made of a document. */
const targets = all.flatMap((loaded) => kindsOf(loaded).map((as) => ({ target: loaded.format, as })));

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

      for (const [name, example] of Object.entries(examplesOf(loaded, kind))) {
        it(`brings ${name} home`, () => {
          const model = asJson(format.read(deepFreeze(example), kind, noLedger));
          expect(asJson(format.write(readConversation(model), kind, noLedger))).toEqual(example);
          expect(problemsOf(conversation(), model, { warnings: false })).toEqual([]);
        });
      }

      it('is converted to other formats as if all was kept that only it knows', () => {
        for (const example of Object.values(examplesOf(loaded, kind))) expectAsIfKept(loaded, kind, example);
        fc.assert(
          fc.property(documents(loaded, kind, all), (document) => expectAsIfKept(loaded, kind, document)),
          { numRuns: runs * 12 },
        );
      });

      it('is summarised without reading its messages as it is with them', () => {
        fc.assert(
          fc.property(documents(loaded, 'record', all), (record) => {
            const model = format.read(record, 'record', noLedger);
            expect(summariseRecord(loaded.info, format, record)).toEqual(summarise(model, format.name));
          }),
          { numRuns: runs },
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

/** What is said with a ledger that keeps everything is said in any case. */
function expectAsIfKept({ format }: Loaded, kind: Kind, document: JsonObject): void {
  for (const { target, as } of targets) {
    if (target.name === format.name && as === kind) continue;
    const ledger = createLedger();
    const output = target.write(format.read(document, kind, ledger), as, ledger);
    const losses = ledger.losses(document, `${target.title} has no place for it`);
    const told = convert({ format, kind, value: document }, target, as);
    const isLossless = target.name === 'convo' && as === 'record';
    expect(asJson(told.output)).toEqual(asJson(output));
    expect(told.losses).toEqual(isLossless ? [] : losses);
  }
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
          const { output } = convert({ format: from.format, kind, value: document }, to.format, target);
          const wrong = problemsOf(schemaOf(to.format, target), asJson(output), { warnings: false });
          expect(wrong.filter((problem) => problem.missing !== true)).toEqual([]);
        }),
        { numRuns: runs },
      );
    });

    it('carries or reports every value, and carries none that it reports', () => {
      fc.assert(
        fc.property(documents(from, kind, all, { unknownMembers: false }), fc.nat(), (document, offset) => {
          const paths = someOf(leavesOf(document), offset);
          expect(breaches({ from: from.format, kind, to: to.format, target }, document, paths)).toEqual([]);
        }),
        { numRuns: runs },
      );
    });

    for (const [name, example] of Object.entries(examplesOf(from, kind))) {
      it(`is honest about every value of ${name}`, () => {
        const paths = leavesOf(example);
        expect(breaches({ from: from.format, kind, to: to.format, target }, example, paths)).toEqual([]);
      });
    }
  });
}

/** A few of many, other ones in each run. */
function someOf<T>(items: readonly T[], offset: number): T[] {
  const step = Math.max(1, Math.floor(items.length / leavesPerRun));
  return items.filter((_, index) => index % step === offset % step);
}
