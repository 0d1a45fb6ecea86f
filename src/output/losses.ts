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
  /** The lines for stderr, each ending in a newline; '' when nothing was lost. */
  render(options: DiagnosticOptions): string;
}

/** What losses have in common: the path (`*` for any index), the kind and the reason. The rest is of the first one. */
interface LossPattern extends ReportedLoss {
  count: number;
}

const MOST_LINES = 20;
/** So many patterns are told apart. */
const MOST_PATTERNS = 1000;
const ORDER: readonly LossKind[] = ['dropped', 'narrowed', 'assigned'];

/** A tally of nothing yet. */
export function createLossTally(): LossTally {
  const patterns = new Map<string, LossPattern>();
  return {
    add(loss) {
      const exact = loss.path.replace(/\/(?:0|[1-9]\d*)(?=\/|$)/g, '/*');
      const path = patterns.size < MOST_PATTERNS || patterns.has(keyOf(exact, loss)) ? exact : widened(exact);
      const key = keyOf(path, loss);
      const known = patterns.get(key);
      if (known) known.count += 1;
      else patterns.set(key, { ...loss, path, count: 1 });
    },
    render(options) {
      const sorted = [...patterns.values()].toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
      return options.json ? sorted.map(jsonLine).join('') : lines(sorted, options);
    },
  };
}

/** With its length, a path cannot run into the reason. */
function keyOf(path: string, { kind, reason }: ReportedLoss): string {
  return `${path.length} ${kind} ${path}${reason}`;
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
