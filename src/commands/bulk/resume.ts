import type { Context } from '../../context.ts';

export interface Resuming {
  /** The file that a command reads, where it reads one: `-` for stdin. */
  readonly path?: string;
  /** The command goes by `CONVO_PROVIDER` where its words name no provider. */
  readonly takesProvider?: boolean;
}

/** Flags that take a value, and so the word behind them, whatever that looks like. */
export const takingValues: ReadonlySet<string> = new Set([
  '--agent',
  '--entity',
  '--format',
  '--jobs',
  '--journal',
  '--limit',
  '--message',
  '--metadata',
  '--output',
  '--project',
  '--provider',
  '--rate',
  '--report',
  '--search',
  '--set',
  '--since',
  '--title',
  '--until',
  '--where',
  '-j',
  '-m',
  '-o',
  '-p',
]);

/** For one run: what the journal knows since would be made twice. */
const FOR_ONE_RUN = '--again';

/**
 * The command that goes on where this one stopped: the same one, quoted for a shell. What came through a pipe has to
 * come again, which is left to who knows from where.
 */
export function resumeCommand(
  { words = [], environment }: Pick<Context, 'words' | 'environment'>,
  { path, takesProvider = false }: Resuming = {},
): string {
  const { flags, operands } = partsOf(words);
  const kept = flags.filter((word, index) => word !== FOR_ONE_RUN || isValue(flags, index));
  const said = environment['CONVO_PROVIDER'] ?? '';
  const isNamed = flags.some((word, index) => isProvider(word) && !isValue(flags, index));
  const named = takesProvider && said !== '' && !isNamed ? [...kept, '-p', said] : kept;
  const all = ['convo', ...named, ...operands].map((word) => (isDescriptor(word, path) ? '-' : word));
  return `${isPiped(path) ? '… | ' : ''}${all.map(quoted).join(' ')}`;
}

/** Whether a file that is read is a pipe of the shell's, and not there for the next command. */
function isPiped(path: string | undefined): boolean {
  return path === '-' || (path !== undefined && PIPE.test(path));
}

const PIPE = /^(?:\/dev\/stdin|\/dev\/fd\/\d+|\/proc\/self\/fd\/\d+)$/;

/** A number that the shell gave to what it piped in is another the next time. */
function isDescriptor(word: string, path: string | undefined): boolean {
  return word === path && PIPE.test(word) && word !== '/dev/stdin';
}

/** Behind `--` there are no flags. */
function partsOf(words: readonly string[]) {
  const end = words.findIndex((word, index) => word === '--' && !isValue(words, index));
  return end < 0
    ? { flags: words, operands: [] }
    : { flags: words.slice(0, end), operands: words.slice(end) };
}

/** Whether a word is the value of the flag before it. */
function isValue(words: readonly string[], index: number): boolean {
  const before = words[index - 1];
  return before !== undefined && takesNext(before) && !isValue(words, index - 1);
}

/** `--title`, `-m`, and `-qm`, which is two flags in one word. */
function takesNext(word: string): boolean {
  if (takingValues.has(word)) return true;
  const [last, ...others] = /^-\w{2,}$/.test(word) ? word.slice(1).split('').toReversed() : [];
  return (
    last !== undefined && takingValues.has(`-${last}`) && !others.some((each) => takingValues.has(`-${each}`))
  );
}

function isProvider(word: string): boolean {
  return /^(?:--provider(?:=|$)|-[^-jmop]*p)/.test(word);
}

/** What a shell takes for exactly this word. Characters that do not show are written as numbers, byte by byte. */
function quoted(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  if (!UNSHOWN.test(word)) return `'${word.replaceAll("'", "'\\''")}'`;
  const escaped = word.replace(/[\\']/g, '\\$&').replace(new RegExp(UNSHOWN, 'gu'), bytesOf);
  return `$'${escaped}'`;
}

const UNSHOWN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]/u;

function bytesOf(character: string): string {
  const named = new Map([
    ['\n', '\\n'],
    ['\r', '\\r'],
    ['\t', '\\t'],
  ]).get(character);
  return (
    named ?? [...Buffer.from(character)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')
  );
}
