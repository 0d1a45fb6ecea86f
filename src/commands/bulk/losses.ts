import type { Context } from '../../context.ts';
import { Failure } from '../../core/errors.ts';
import type { Loss } from '../../core/ledger.ts';
import { createLossTally } from '../../output/losses.ts';
import { lossesOf, type Session } from '../session.ts';

/** What many conversations lose on their way, for stderr and for a report. */
export interface LossBook {
  readonly add: (index: number, id: string | null, losses: readonly Loss[]) => void;
  /** Says on stderr what was lost, and writes the report. */
  readonly close: () => Promise<void>;
}

/** @throws Failure `unreadable` at once if the report cannot be written: better before the work than after it */
export async function openLossBook(session: Session, report: string | undefined): Promise<LossBook> {
  const tally = createLossTally();
  const lines: string[] = [];
  const write = async ({ files }: Context): Promise<void> => {
    if (report === undefined) return;
    const file = await files.create(report);
    await file.write(lines.join(''));
    await file.finish();
  };
  await write(session.context);
  return {
    add(index, id, losses) {
      for (const loss of lossesOf(losses, index, id)) {
        tally.add(loss);
        const { record, path, kind, reason } = loss;
        if (report !== undefined) lines.push(`${JSON.stringify({ record, id, path, kind, reason })}\n`);
      }
    },
    async close() {
      await session.reportLosses(tally);
      await write(session.context);
    },
  };
}

/** Under --strict. @throws Failure `lossy` that lists what `target`, in prose, cannot carry */
export function refuseLosses(losses: readonly Loss[], target: string): void {
  const counted = losses.filter((loss) => loss.kind !== 'assigned');
  if (counted.length === 0) return;
  const what = counted.length === 1 ? 'a value' : `${counted.length} values`;
  throw new Failure('lossy', `${target} cannot carry ${what}, and --strict was given`, {
    issues: counted.map(({ path, kind, reason }) => ({ path, message: `${kind}: ${reason}` })),
  });
}
