import type { Context } from '../../context.ts';

/** Flags that are for one run: what the journal knows since would be made twice. */
const forOneRun: ReadonlySet<string> = new Set(['--again']);

/**
 * The command that goes on where this one stopped: the same one, quoted for a shell. What came through a pipe has to
 * come again, which is left to who knows from where.
 */
export function resumeCommand({ words = [] }: Pick<Context, 'words'>, piped: boolean): string {
  const kept = words.filter((word) => !forOneRun.has(word));
  return `${piped ? '… | ' : ''}${['convo', ...kept].map(quoted).join(' ')}`;
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
