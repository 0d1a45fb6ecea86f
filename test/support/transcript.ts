/** What a shell command did. */
export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** A part of a transcript: text that is kept as it is, a file to write, or commands to run. */
export type Part =
  | { readonly kind: 'prose'; readonly text: string }
  | { readonly kind: 'file'; readonly text: string; readonly name: string; readonly content: string }
  | { readonly kind: 'session'; readonly text: string; readonly commands: readonly string[] };

/**
 * The parts of a transcript. A fenced block with an info string of two words (` ```json order.json `) is a file;
 * one without an info string holds commands, each a line that starts with `$ ` (and goes on in lines that start
 * with `> `) and what it printed. The texts of all parts make up the whole.
 */
export function parseTranscript(text: string): Part[] {
  const blocks = text.split(/^(```[^\n]*\n[\s\S]*?^```\n)/m);
  return blocks.filter((block) => block !== '').map(partOf);
}

function partOf(text: string): Part {
  const block = /^```([^\n]*)\n([\s\S]*)```\n$/.exec(text);
  if (!block) return { kind: 'prose', text };
  const [, info = '', content = ''] = block;
  const [, name] = info.split(' ');
  if (name !== undefined) return { kind: 'file', text, name, content };
  if (info === '') return { kind: 'session', text, commands: commandsOf(content) };
  return { kind: 'prose', text };
}

function commandsOf(content: string): string[] {
  const typed = content.match(/^\$ .*(?:\n> .*)*/gm) ?? [];
  return typed.map((lines) => lines.slice(2).replaceAll('\n> ', '\n'));
}

/** A session as it is written down, with what its commands printed. */
export function renderSession(commands: readonly string[], outcomes: readonly Outcome[]): string {
  const lines = commands.flatMap((command, index) => {
    const { stdout, stderr, code } = outcomes[index] ?? { stdout: '', stderr: '', code: 0 };
    return [
      `$ ${command.replaceAll('\n', '\n> ')}`,
      ...linesOf(stdout),
      ...linesOf(stderr).map((line) => (line === '' ? '2>' : `2> ${line}`)),
      ...(code === 0 ? [] : [`=> ${code}`]),
    ];
  });
  return `\`\`\`\n${lines.join('\n')}\n\`\`\`\n`;
}

function linesOf(output: string): string[] {
  if (output === '') return [];
  const visible = output.replace(CONTROL, (character) => {
    const code = character.charCodeAt(0).toString(16);
    return code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`;
  });
  return visible.endsWith('\n')
    ? visible.slice(0, -1).split('\n')
    : [...visible.split('\n'), '\\ no newline at the end'];
}

/** Control characters but tab and newline, and the byte order mark: a transcript shows them. */
const CONTROL = /(?![\t\n])[\p{Cc}\ufeff]/gu;

export interface Volatile {
  /** Ids that are the same in every run, as the transcript itself names them. */
  readonly fixed: string;
  /** Texts that differ from run to run, and what is written for them. */
  readonly names: readonly (readonly [text: string, name: string])[];
  /** Times from this one on, in milliseconds since the epoch, are `<now>`. */
  readonly startedAt: number;
}

/** The output with what differs from run to run replaced by `<ulid>`, `<hex>` and `<now>`; columns stay aligned. */
export function withoutVolatile(output: string, { fixed, names, startedAt }: Volatile): string {
  const isNow = (time: number): boolean => time >= startedAt - 2000 && time <= Date.now() + 2000;
  const named = names.reduce((text, [from, to]) => text.replaceAll(from, to), output);
  return named
    .replace(
      /\b((?:[a-z]+_)?)01[0-9a-hjkmnp-tv-z]{24}\b( {2,})?/g,
      (all: string, prefix: string, gap = '') =>
        fixed.includes(all.trimEnd()) ? all : filled(`${prefix}<ulid>`, all, String(gap)),
    )
    .replace(/\b[0-9a-f]{32}\b( {2,})?/g, (all: string, gap = '') =>
      fixed.includes(all.trimEnd()) ? all : filled('<hex>', all, String(gap)),
    )
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)( {2,})?/g, (all: string, gap = '') =>
      isNow(Date.parse(all.trimEnd())) ? filled('<now>', all, String(gap)) : all,
    )
    .replace(/\b\d{10}\b/g, (all) => (isNow(Number(all) * 1000) ? '<now>' : all))
    .replace(/\b\d{13}\b/g, (all) => (isNow(Number(all)) ? '<now>' : all));
}

/** What stands in a column keeps its width. */
function filled(name: string, replaced: string, gap: string): string {
  return gap === '' ? name : name.padEnd(replaced.length);
}
