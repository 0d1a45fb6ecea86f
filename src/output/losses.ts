import { isDigit } from '../core/json/characters.ts';
import type { JsonValue } from '../core/json.ts';
import type { Loss, LossKind } from '../core/ledger.ts';
import type { DiagnosticOptions } from './diagnostics.ts';
import { plain } from './style.ts';
import { neutralise } from './terminal-text.ts';

/** A loss and the record it happened to. */
export interface ReportedLoss extends Loss {
  /** Place of the record in the input, from 0. */
  readonly record: number;
  /** The record's id, null where it has none. */
  readonly id: string | null;
}

/** Counts losses as they come, keeping only one of each pattern, so that a long run needs no long list. */
export interface LossTally {
  add(loss: ReportedLoss): void;
  /** All that one record loses. */
  addAll(losses: readonly Loss[], record: number, id: string | null): void;
  /** What another tally counted, whose records come behind so many. */
  merge(patterns: Iterable<LossPattern>, recordsBefore: number): void;
  /** One of each pattern, the first one first. */
  patterns(): readonly LossPattern[];
  /** The lines for stderr, each ending in a newline; '' when nothing was lost. */
  render(options: DiagnosticOptions): string;
}

/** What losses have in common: the path (`*` for any index), the kind and the reason. The rest is of the first one. */
export interface LossPattern extends ReportedLoss {
  count: number;
}

const MOST_LINES = 20;
/** So many patterns are told apart. */
const MOST_PATTERNS = 1000;
const ORDER: readonly LossKind[] = ['dropped', 'narrowed', 'assigned'];

const indexes = /\/(?:0|[1-9]\d*)(?=\/|$)/g;

/** A tally of nothing yet. Beyond so many patterns, similar ones are taken together. */
export function createLossTally({ mostPatterns = MOST_PATTERNS } = {}): LossTally {
  const patterns: LossPattern[] = [];
  // A key made of all three would have to be made for every loss.
  const byReason = new Map<string, Map<string, LossPattern[]>>();
  const alike = (path: string, { reason, kind }: Loss): LossPattern | undefined =>
    byReason
      .get(reason)
      ?.get(path)
      ?.find((pattern) => pattern.kind === kind);
  const keep = (pattern: LossPattern): void => {
    const byPath = entryOf(byReason, pattern.reason, () => new Map<string, LossPattern[]>());
    entryOf(byPath, pattern.path, () => []).push(pattern);
    patterns.push(pattern);
  };
  const add = (loss: Loss, count: number, { record, id }: Pick<ReportedLoss, 'record' | 'id'>): void => {
    const exact = mayHaveIndex(loss.path) ? loss.path.replace(indexes, '/*') : loss.path;
    const isWide = patterns.length >= mostPatterns && !alike(exact, loss);
    const path = isWide ? widened(exact) : exact;
    const known = alike(path, loss);
    if (known) known.count += count;
    else keep({ path, kind: loss.kind, reason: loss.reason, record, id, count });
  };
  return {
    add: (loss) => add(loss, 1, loss),
    addAll(losses, record, id) {
      const place = { record, id };
      for (const loss of losses) add(loss, 1, place);
    },
    merge(others, recordsBefore) {
      for (const other of others) {
        add(other, other.count, { record: recordsBefore + other.record, id: other.id });
      }
    },
    patterns: () => patterns,
    render(options) {
      const sorted = patterns.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
      return options.json ? sorted.map(jsonLine).join('') : lines(sorted, options);
    },
  };
}

/** Looking takes less time than replacing nothing. */
function mayHaveIndex(path: string): boolean {
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) {
    if (isDigit(path.charCodeAt(at + 1))) return true;
  }
  return false;
}

/** The value of a key, made where there is none. */
function entryOf<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const fresh = make();
  map.set(key, fresh);
  return fresh;
}

/** `/metadata/*` for `/metadata/topic`: where each record has keys of its own, there would be no end of patterns. */
function widened(path: string): string {
  return path.replace(/^(\/[^/]*(?=\/))?\/.*$/s, '$1/*');
}

/** All the losses of a list, a line for each pattern; see {@link LossTally.render}. */
export function renderLosses(losses: Iterable<ReportedLoss>, options: DiagnosticOptions): string {
  const tally = createLossTally();
  for (const loss of losses) tally.add(loss);
  return tally.render(options);
}

function jsonLine({ path, kind, reason, count, record, id }: LossPattern): string {
  const loss: JsonValue = { path, kind, reason, count, record, id };
  return `${JSON.stringify({ loss })}\n`;
}

function lines(patterns: readonly LossPattern[], { style = plain }: DiagnosticOptions): string {
  const shown = patterns
    .slice(0, MOST_LINES)
    .map((pattern) => `${style.yellow('convo:')} ${sentence(pattern)}\n`);
  const more = patterns.length - shown.length;
  return shown.join('') + (more > 0 ? `  … and ${more} more (use --report <file>)\n` : '');
}

function sentence({ path, kind, reason, count }: LossPattern): string {
  const what = `${count} × ${neutralise(path === '' ? 'the whole record' : path)}`;
  return kind === 'assigned' ? `set by the system: ${what}` : `lost ${what} (${kind}): ${neutralise(reason)}`;
}
