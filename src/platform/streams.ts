import { fstatSync, writeSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { styleText } from 'node:util';
import { Failure } from '../core/errors.ts';
import type { Sink } from '../output/sink.ts';
import { type Paint, plain, type Style } from '../output/style.ts';

/** Nobody reads any more (`| head`). No failure: the run ends quietly. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed';
}

export interface SinkOptions {
  /** The stream's name in messages. */
  readonly name: 'stdout' | 'stderr';
  /** When the reader is gone: writes throw {@link OutputClosed}, or go nowhere and the work goes on. */
  readonly onClosed: 'stop' | 'ignore';
}

/** A standard stream, or anything like it. */
export type OutputStream = Writable & { readonly fd?: number };

/**
 * The stream as a sink. A write resolves when the system has taken all of its text, so slow readers are waited
 * for and nothing is pending once the last write resolved. Other trouble than a closed pipe is a Failure, then
 * and at every later write.
 */
export function openSink(stream: OutputStream, { name, onClosed }: SinkOptions): Sink {
  const send = isFile(stream) ? sendToFile(stream.fd) : sendToStream(stream);
  let trouble: unknown;
  // Also keeps an error that is reported between two writes from being nobody's, which would end the program.
  stream.on('error', (error) => {
    trouble ??= error;
  });
  return {
    async write(text) {
      try {
        if (trouble === undefined) await send(text);
      } catch (error) {
        trouble ??= error;
      }
      if (trouble === undefined) return;
      if (!isClosed(trouble)) throw cannotWrite(name, trouble);
      if (onClosed === 'stop') throw new OutputClosed(`${name} is closed`);
    },
  };
}

export interface StyleOptions {
  /** False when the command line says `--no-color`. */
  readonly colour: boolean;
}

/**
 * Colours if the stream is a terminal that has some and `NO_COLOR` is unset or empty; `FORCE_COLOR` decides for
 * any stream (`0` and `false` against), and the command line above all.
 */
export function styleFor(stream: Terminal, environment: Environment, { colour }: StyleOptions): Style {
  return colour && hasColours(stream, environment) ? coloured : plain;
}

/** The terminal's columns, undefined when the stream is no terminal. `COLUMNS`, else 80, where it does not know. */
export function terminalWidth(stream: Terminal, environment: Environment): number | undefined {
  if (stream.isTTY !== true) return undefined;
  return positive(stream.columns) ?? positive(Number(environment['COLUMNS'])) ?? 80;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** What a standard stream says of the terminal behind it. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

function isFile(stream: OutputStream): stream is OutputStream & { readonly fd: number } {
  return stream.fd !== undefined && fstatSync(stream.fd).isFile();
}

/** Node's own stream for files takes a write that a full disk cut short for a whole one. */
function sendToFile(fd: number): Sink['write'] {
  return async (text) => {
    const bytes = typeof text === 'string' ? Buffer.from(text) : text;
    for (let sent = 0; sent < bytes.length; ) sent += writeSync(fd, bytes, sent);
  };
}

function sendToStream(stream: Writable): Sink['write'] {
  return (text) =>
    new Promise((resolve, reject) => {
      stream.write(text, (error) => (error ? reject(error) : resolve()));
    });
}

function isClosed(error: unknown): boolean {
  return ['EPIPE', 'ECONNRESET', 'EOF', 'ERR_STREAM_DESTROYED'].includes(codeOf(error));
}

function cannotWrite(name: string, cause: unknown): Failure {
  const reasons: Readonly<Record<string, string>> = {
    ENOSPC: 'no space left on device',
    EFBIG: 'file too large',
  };
  const reason = reasons[codeOf(cause)] ?? (cause instanceof Error ? cause.message : String(cause));
  return new Failure('internal', `${name} cannot be written: ${reason}`, { cause });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function hasColours(stream: Terminal, environment: Environment): boolean {
  const forced = environment['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (environment['NO_COLOR'] || environment['TERM'] === 'dumb') return false;
  return stream.isTTY === true;
}

/** Coloured whatever `styleText` itself thinks of stdout: the decision is made here, for the stream it is about. */
function paint(format: Parameters<typeof styleText>[0]): Paint {
  return (text) => (text === '' ? '' : styleText(format, text, { validateStream: false }));
}

const coloured: Style = {
  bold: paint('bold'),
  dim: paint('dim'),
  red: paint('red'),
  green: paint('green'),
  yellow: paint('yellow'),
  blue: paint('blue'),
  magenta: paint('magenta'),
  cyan: paint('cyan'),
};

function positive(number: number | undefined): number | undefined {
  return number !== undefined && number > 0 ? Math.floor(number) : undefined;
}
