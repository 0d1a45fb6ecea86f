import type { Cell } from './cell.ts';
import { type Appearance, plain } from './style.ts';
import { neutralise } from './terminal-text.ts';
import { displayWidth, truncate, wrap } from './width.ts';

const GAP = 2;
/** With less room than this beside the labels, values stand below them. */
const LEAST_VALUE_WIDTH = 16;

/**
 * One `Label  value` line a pair, values aligned and their newlines kept. With a width, long values are wrapped,
 * and stand below their labels where there is no room beside them. Ends in a newline; no pairs give ''.
 */
export function renderDetails(
  pairs: readonly (readonly [label: string, value: Cell])[],
  { width, style = plain }: Appearance = {},
): string {
  const labels = pairs.map(([label]) => neutralise(label));
  const column = Math.max(0, ...labels.map(displayWidth)) + GAP;
  const beside = width === undefined || width - column >= LEAST_VALUE_WIDTH;
  const indent = ' '.repeat(beside ? column : GAP);
  const room = width === undefined ? undefined : width - indent.length;

  const lines = pairs.flatMap(([, value], index) => {
    const label =
      beside || width === undefined ? (labels[index] ?? '') : truncate(labels[index] ?? '', width);
    const values = valueLines(value, room);
    if (!beside) return [style.bold(label), ...values.map((line) => indent + line)];
    const padding = ' '.repeat(column - displayWidth(label));
    return values.map((line, at) => (at === 0 ? style.bold(label) + padding : indent) + line);
  });
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

function valueLines(value: Cell, room: number | undefined): string[] {
  const text = neutralise(String(value ?? ''), { keepNewlines: true }).trimEnd();
  return room === undefined ? text.split('\n') : wrap(text, room);
}
