import type { Excerpt } from '../../core/json/locate.ts';
import { plain, type Style } from '../../output/style.ts';
import { neutralise } from '../../output/terminal-text.ts';
import { displayWidth } from '../../output/width.ts';
import type { Finding } from './finding.ts';

const LEAST_GUTTER = 5;

/** The problem as `file:line:column: error: …`, and below it the source line with a caret. Ends in a newline. */
export function renderFinding(finding: Finding, style: Style = plain): string {
  const { file, line, column, severity, path, message, excerpt } = finding;
  const place = style.bold(`${neutralise(file)}:${line}:${column}:`);
  const word = severity === 'error' ? style.red('error:') : style.yellow('warning:');
  const where = path === '' ? '' : `${neutralise(path)}: `;
  const sentence = `${place} ${word} ${where}${neutralise(message)}\n`;
  return excerpt === undefined ? sentence : sentence + renderExcerpt(excerpt, line, style);
}

function renderExcerpt({ line, caret }: Excerpt, number: number, style: Style): string {
  const gutter = String(number).padStart(LEAST_GUTTER);
  const before = neutralise(
    Array.from(line)
      .slice(0, caret - 1)
      .join(''),
  );
  const source = `${style.dim(`${gutter} |`)} ${neutralise(line)}`.trimEnd();
  const pointer = `${style.dim(`${' '.repeat(gutter.length)} |`)} ${' '.repeat(displayWidth(before))}${style.red('^')}`;
  return `${source}\n${pointer}\n`;
}
