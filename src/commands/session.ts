import type { Context } from '../context.ts';
import type { Failure } from '../core/errors.ts';
import type { Loss } from '../core/ledger.ts';
import { once } from '../core/once.ts';
import type { Exchange } from '../http/exchange.ts';
import {
  type DiagnosticOptions,
  type Note,
  renderFailure,
  renderNote,
  renderWarning,
} from '../output/diagnostics.ts';
import { createLossTally, type LossTally, type ReportedLoss } from '../output/losses.ts';
import type { Sink } from '../output/sink.ts';
import type { Appearance } from '../output/style.ts';
import { styleFor, terminalWidth } from '../platform/streams.ts';
import type { Telling } from '../providers/open.ts';

export type OutputFormat = 'table' | 'json' | 'ndjson' | 'csv';

/** What every command that prints is given on its command line. */
export interface OutputOptions {
  /** `auto` is a table on a terminal and JSON in a pipe. */
  readonly output: OutputFormat | 'auto';
  /** False for `--no-color`. */
  readonly color: boolean;
  readonly verbose?: boolean;
}

/** How one run talks: data to stdout in the format asked for, everything else to stderr. */
export interface Session {
  readonly context: Context;
  readonly format: OutputFormat;
  readonly stdout: Sink;
  /** For text on stdout. */
  readonly appearance: Appearance;
  /** One line on stderr about something odd or left out that stops nothing. */
  readonly warn: (message: string) => Promise<void>;
  /** One line on stderr about something that went as it should. */
  readonly note: (note: Note) => Promise<void>;
  /** For providers, which say what they have to say while they work. */
  readonly telling: Telling;
  /** What went missing, a line for each pattern. */
  readonly reportLosses: (losses: LossTally) => Promise<void>;
  /** One of many failed; the run goes on. */
  readonly reportFailure: (failure: Failure) => Promise<void>;
}

export interface SessionOptions {
  /** A command that writes somewhere goes on when nobody reads its output any more. */
  readonly writes?: boolean;
}

export function openSession(
  context: Context,
  options: OutputOptions,
  { writes = false }: SessionOptions = {},
): Session {
  const { stdout, environment } = context;
  // Most runs have nothing to say there, and stderr takes a while to open.
  const report = once(() => openReport(context, options));
  const warn = (message: string): Promise<void> =>
    report().write((diagnostics) => renderWarning(message, diagnostics));
  const note = (each: Note): Promise<void> => report().write((diagnostics) => renderNote(each, diagnostics));
  const reportLosses = (losses: LossTally): Promise<void> =>
    report().write((diagnostics) => losses.render(diagnostics));
  return {
    context,
    format: options.output === 'auto' ? (stdout.isTTY === true ? 'table' : 'json') : options.output,
    stdout: stdout.open(writes ? 'ignore' : 'stop'),
    appearance: {
      width: terminalWidth(stdout, environment),
      style: styleFor(stdout, environment, { colour: options.color }),
    },
    warn,
    note,
    telling: {
      warn: (message) => void warn(message),
      lost: (losses) => {
        const tally = createLossTally();
        for (const loss of lossesOf(losses, 0, null)) tally.add(loss);
        void reportLosses(tally);
      },
      ...(options.verbose === true && { onExchange: (exchange) => void note(noteOf(exchange)) }),
    },
    reportLosses,
    reportFailure: (failure) =>
      report().write((diagnostics) =>
        renderFailure(failure, { ...diagnostics, verbose: options.verbose === true }),
      ),
  };
}

function noteOf({ method, url, status, requestId, milliseconds, error }: Exchange): Note {
  const took = Math.round(milliseconds);
  const outcome = status === undefined ? `no answer: ${error ?? ''}` : String(status);
  const text = `${method} ${url} ${outcome} ${took} ms${requestId === undefined ? '' : ` ${requestId}`}`;
  return {
    name: 'exchange',
    text,
    fields: {
      method,
      url,
      status: status ?? null,
      ...(requestId !== undefined && { request_id: requestId }),
      milliseconds: took,
      ...(error !== undefined && { error }),
    },
  };
}

/** stderr, and how to word what goes there. */
function openReport({ stderr, environment }: Context, { output, color }: OutputOptions) {
  const diagnostics: DiagnosticOptions = {
    json: output === 'json' || output === 'ndjson',
    style: styleFor(stderr, environment, { colour: color }),
  };
  const sink = stderr.open();
  return {
    async write(render: (diagnostics: DiagnosticOptions) => string): Promise<void> {
      const text = render(diagnostics);
      if (text !== '') await sink.write(text);
    },
  };
}

/** Losses of one record, numbered and named for a report. */
export function lossesOf(losses: readonly Loss[], record: number, id: string | null): ReportedLoss[] {
  return losses.map((loss) => ({ record, id, ...loss }));
}

/** Whether a person can be asked: both ends are a terminal, and nothing said not to. */
export function mayAsk({ stdin, stderr, environment }: Context, input: boolean): boolean {
  const ci = environment['CI'];
  const automated = ci !== undefined && ci !== '' && ci !== '0' && ci.toLowerCase() !== 'false';
  return input && !automated && stdin.isTTY && stderr.isTTY === true;
}
