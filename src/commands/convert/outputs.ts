import { resolve } from 'node:path';
import type { Context } from '../../context.ts';
import { Failure } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Container } from '../../input/records.ts';
import { type Batch, openBatch } from '../../output/batch.ts';
import { ELEMENT_SEPARATOR, openArray, writeJson, writeNdjson } from '../../output/json.ts';
import type { ReportedLoss } from '../../output/losses.ts';
import type { NewFile, Sink } from '../../output/sink.ts';
import type { Session } from '../session.ts';
import type { Layout } from './converted.ts';
import type { ConvertOptions } from './index.ts';

/** Where a conversion goes: the records to stdout or a file, the losses to a file if they are asked for. */
export interface Outputs {
  readonly writer: (container: Container) => RecordWriter;
  readonly report: (losses: readonly ReportedLoss[]) => Promise<void>;
  /** Passes on the records that were written so far: to be called before something is waited for, or said elsewhere. */
  readonly flush: () => Promise<void>;
  /** Puts the file of the records in place: they are all there. */
  readonly finish: () => Promise<void>;
  /** Puts the report in place; without {@link finish} before, no file of records comes about. */
  readonly end: () => Promise<void>;
}

export interface RecordWriter {
  readonly write: (value: JsonObject) => Promise<void>;
  /** How several stand together for {@link writeAll}. */
  readonly layout: Layout;
  readonly writeAll: (text: Uint8Array) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens all of it, as it is better to know before the work than after it. @throws Failure if a file cannot be written. */
export async function openOutputs(
  { context, stdout }: Session,
  { out, report: reportPath, output }: Pick<ConvertOptions, 'out' | 'report' | 'output'>,
): Promise<Outputs> {
  if (out !== undefined && reportPath !== undefined && resolve(out) === resolve(reportPath)) {
    throw new Failure('usage', '--out and --report name the same file', { hint: 'give each its own' });
  }
  const reportFile = reportPath === undefined ? undefined : await context.files.create(reportPath);
  const report = reportFile && openBatch(reportFile);
  const file = await openOut(context, out, reportFile);
  const batch = openBatch(file ?? stdout);
  return {
    writer: (container) => openWriter(batch, shapeOf(output, container)),
    async report(losses) {
      for (const loss of losses) await report?.write(lossLine(loss));
    },
    flush: () => batch.flush(),
    finish: async () => file?.finish(),
    async end() {
      await file?.abandon();
      try {
        await report?.flush();
      } finally {
        await reportFile?.finish();
      }
    },
  };
}

async function openOut(
  { files }: Context,
  path: string | undefined,
  report: NewFile | undefined,
): Promise<NewFile | undefined> {
  if (path === undefined || path === '-') return undefined;
  try {
    return await files.create(path);
  } catch (error) {
    await report?.abandon();
    throw error;
  }
}

/** One object for one object, an array for an array, lines for lines. */
function openWriter(batch: Batch, shape: Container): RecordWriter {
  const { close, ...records } = recordsIn(shape, batch);
  return {
    ...records,
    async close() {
      await close();
      await batch.flush();
    },
  };
}

function recordsIn(shape: Container, sink: Sink): RecordWriter {
  if (shape === 'array') {
    const array = openArray(sink);
    return {
      write: (value) => array.element(value),
      layout: { separator: ELEMENT_SEPARATOR, ending: '' },
      writeAll: (text) => array.elements(text),
      close: () => array.close(),
    };
  }
  const write = shape === 'ndjson' ? writeNdjson : writeJson;
  return {
    write: (value) => write(sink, value),
    layout: { separator: '\n', ending: '\n' },
    writeAll: (text) => sink.write(text),
    close: async () => undefined,
  };
}

/** What was typed decides; else what came in. */
function shapeOf(typed: ConvertOptions['output'], container: Container): Container {
  if (typed === 'ndjson') return 'ndjson';
  return typed === 'json' && container === 'ndjson' ? 'array' : container;
}

function lossLine({ record, id, path, kind, reason }: ReportedLoss): string {
  return `${JSON.stringify({ record, id, path, kind, reason })}\n`;
}
