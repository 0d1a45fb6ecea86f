import type { Context } from '../../context.ts';
import type { Sink } from '../../output/sink.ts';

/** Shows people how far a long run is. */
export interface Progress {
  /** One more is done. `failed`: how many of them failed so far. */
  readonly step: (failed: number) => Promise<void>;
  /** Makes room for a line of something else; the next step shows it again. */
  readonly clear: () => Promise<void>;
}

export interface ProgressOptions {
  /** How many there are at most; absent if nobody knows. */
  readonly total?: number | undefined;
  readonly now: () => number;
}

/** A line that is written over is not written more often than this. */
const GAP_MS = 100;

/** On a terminal one line on stderr, with the rate and, where it is known how many there are, the time left. */
export function openProgress(context: Context, isForPeople: boolean, options: ProgressOptions): Progress {
  const { stderr, environment } = context;
  if (!isForPeople || stderr.isTTY !== true || environment['TERM'] === 'dumb') return silent;
  return onTerminal(stderr.open(), options);
}

const silent: Progress = { step: async () => undefined, clear: async () => undefined };

function onTerminal(sink: Sink, { total, now }: ProgressOptions): Progress {
  const started = now();
  let done = 0;
  let shownAt = Number.NEGATIVE_INFINITY;
  let isShown = false;
  return {
    async step(failed) {
      done += 1;
      const at = now();
      if (at - shownAt < GAP_MS) return;
      shownAt = at;
      isShown = true;
      await sink.write(`\r\u001B[2K${lineFor({ done, failed, total, seconds: (at - started) / 1000 })}`);
    },
    async clear() {
      if (!isShown) return;
      isShown = false;
      await sink.write('\r\u001B[2K');
    },
  };
}

interface State {
  readonly done: number;
  readonly failed: number;
  readonly total: number | undefined;
  readonly seconds: number;
}

function lineFor({ done, failed, total, seconds }: State): string {
  const rate = done / Math.max(seconds, 0.001);
  return [
    total === undefined ? `${done} done` : `${done} of ${total} done`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    `${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s`,
    ...(total === undefined ? [] : [`${duration((total - done) / rate)} left`]),
  ].join(', ');
}

function duration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)}s`;
  return seconds < 3600 ? `${Math.ceil(seconds / 60)}m` : `${(seconds / 3600).toFixed(1)}h`;
}
