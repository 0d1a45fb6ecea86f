import { Failure } from '../../core/errors.ts';
import { createLossTally } from '../../output/losses.ts';
import { lossesOf, type Session } from '../session.ts';
import type { LossBook } from './losses.ts';

/** As {@link LossBook}, each loss being in the report as soon as it is told of. */
export interface LossLog extends Omit<LossBook, 'add'> {
  readonly add: (...told: Parameters<LossBook['add']>) => Promise<void>;
}

/**
 * For a run that may be cut off and run again: what the report has already stays there.
 * @throws Failure `unreadable` at once if the report cannot be written
 */
export async function openLossLog(session: Session, report: string | undefined): Promise<LossLog> {
  const tally = createLossTally();
  const { files } = session.context;
  if (report !== undefined) await files.append(report, '').catch(cannotWrite);
  return {
    async add(index, id, losses) {
      const lines = lossesOf(losses, index, id).map((loss) => {
        tally.add(loss);
        const { record, path, kind, reason } = loss;
        return `${JSON.stringify({ record, id, path, kind, reason })}\n`;
      });
      if (report !== undefined && lines.length > 0) await files.append(report, lines.join(''));
    },
    close: () => session.reportLosses(tally),
  };
}

function cannotWrite(error: unknown): never {
  if (!(error instanceof Failure)) throw error;
  throw new Failure('unreadable', error.message, error.details);
}
