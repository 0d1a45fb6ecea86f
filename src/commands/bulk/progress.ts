import { Writable } from 'node:stream';
import { callbackify } from 'node:util';
import type { Context } from '../../context.ts';
import type { Sink } from '../../output/sink.ts';
import { terminalWidth } from '../../platform/streams.ts';

/** Shows people how far a long run is. */
export interface Progress {
  /** One more is done; it shows within a moment. */
  readonly step: (step: Step) => void;
  /** Makes room for a line of something else; after the next step it shows again. */
  readonly clear: () => Promise<void>;
  /** Leaves nothing behind. */
  readonly end: () => Promise<void>;
}

export interface Step {
  /** How much of the whole it was. */
  readonly weight: number;
  /** How many failed so far. */
  readonly failed: number;
}

/**
 * A bar on stderr where that is a terminal: with the rate, and with the time left where it is known how much the
 * `whole` is, in the unit of the weights.
 */
export async function openProgress(context: Context, whole: number | undefined): Promise<Progress> {
  const { stderr, environment, now } = context;
  const columns = terminalWidth(stderr, environment);
  if (columns === undefined || environment['TERM'] === 'dumb') return silent;
  const stage = openStage(stderr.open(), columns);
  const bar = await openBar(stage.stream, whole !== undefined);
  const started = now();
  let [done, weight] = [0, 0];
  bar.start(whole ?? 1, 0, { done, failed: '', rate: 0 });
  return {
    step({ weight: more, failed }) {
      done += 1;
      weight += more;
      stage.isOpen = true;
      const rate = done / Math.max((now() - started) / 1000, 0.001);
      bar.update(whole === undefined ? 0 : Math.min(weight, whole), {
        done,
        failed: failed === 0 ? '' : `, ${failed} failed`,
        rate: rate < 10 ? rate.toFixed(1) : Math.round(rate),
      });
      // Not only by the clock: where many are done it would hardly be seen.
      if (stage.isBare()) bar.render();
    },
    clear: stage.close,
    async end() {
      bar.stop();
      await stage.close();
    },
  };
}

const silent: Progress = { step: () => undefined, clear: async () => undefined, end: async () => undefined };

const counts = '{done} done{failed}, {rate}/s';

async function openBar(stream: Writable, isMeasured: boolean) {
  const { default: library } = await import('cli-progress');
  return new library.SingleBar({
    stream,
    format: isMeasured ? `[{bar}] {percentage}%, ${counts}, {eta_formatted} left` : counts,
    barsize: 20,
    barCompleteChar: '#',
    barIncompleteChar: '-',
    etaBuffer: 50,
    clearOnComplete: true,
    // Else the terminal is told not to wrap lines, and never told otherwise if the program is killed.
    linewrap: true,
    // What was cleared away comes again though it says the same.
    forceRedraw: true,
  });
}

/** What the bar takes for the terminal: it draws by the clock, also while other lines are written. */
interface Stage {
  readonly stream: Writable;
  /** Whether what is drawn is to be seen. */
  isOpen: boolean;
  /** Whether there is nothing to be seen. */
  readonly isBare: () => boolean;
  /** Takes away what is to be seen. */
  readonly close: () => Promise<void>;
}

function openStage(sink: Sink, columns: number): Stage {
  let isDrawn = false;
  const send = callbackify((text: string) => sink.write(text));
  const stream = new Writable({
    decodeStrings: false,
    write(text: string, _, done) {
      if (!stage.isOpen) return done();
      isDrawn = true;
      send(text, done);
    },
  });
  const stage: Stage = {
    stream: Object.assign(stream, { isTTY: true, columns }),
    isOpen: false,
    isBare: () => !isDrawn,
    async close() {
      stage.isOpen = false;
      if (isDrawn) await sink.write('\r\u001B[2K');
      isDrawn = false;
    },
  };
  return stage;
}
