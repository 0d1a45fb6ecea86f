import type { Argument, Command, Option } from 'commander';
import type { Context } from '../../context.ts';
import { formats } from '../../formats/index.ts';
import { commands } from '../index.ts';
import { suggestionsFor } from '../options.ts';

/** A place on the command line, and what may be typed there. */
export interface CommandNode {
  /** Commands typed so far, each behind a space: ` config set`; empty at the very beginning. */
  readonly path: string;
  readonly flags: readonly Flag[];
  /** What may stand where no flag does; empty: files. */
  readonly words: readonly Word[];
}

export interface Flag {
  /** `-o` and `--output`, or one of them. */
  readonly names: readonly string[];
  readonly description: string;
  /** Absent for a switch; without words: files. */
  readonly value?: { readonly words: readonly string[] };
}

export interface Word {
  readonly text: string;
  readonly description: string;
}

/** Every command with its flags, from the definitions that parse the command line. */
export async function commandTree(context: Context): Promise<CommandNode[]> {
  const loaded = await Promise.all(commands.map(async ({ load }) => (await load())(context)));
  const names = commands.map(({ name, summary }): Word => ({ text: name, description: summary }));
  const help = { text: 'help', description: 'show help for a command' };
  const version: Flag = { names: ['--version'], description: 'print the version' };
  return [
    { path: '', flags: [version, helpFlag], words: [...names, help] },
    { path: ' help', flags: [helpFlag], words: names },
    ...loaded.flatMap((command) => nodesOf(command, '')),
  ];
}

const helpFlag: Flag = { names: ['-h', '--help'], description: 'show help' };

function nodesOf(command: Command, above: string): CommandNode[] {
  const path = `${above} ${command.name()}`;
  const below = command.commands.map((each) => ({ text: each.name(), description: each.description() }));
  const words = below.length > 0 ? below : wordsOf(command.registeredArguments[0]);
  const flags = command.options.filter(({ hidden }) => !hidden).map(flagOf);
  return [
    { path, flags: [...flags, helpFlag], words },
    ...command.commands.flatMap((each) => nodesOf(each, path)),
  ];
}

function wordsOf(argument: Argument | undefined): Word[] {
  const words = argument ? valueWords(argument, argument.name()) : [];
  return words.map((text) => ({ text, description: '' }));
}

function flagOf(option: Option): Flag {
  const { short, long, description, required, optional, flags } = option;
  const names = [short, long].filter((name) => name !== undefined);
  if (!required && !optional) return { names, description };
  return { names, description, value: { words: valueWords(option, /[<[](\w+)/.exec(flags)?.[1] ?? '') } };
}

/** Words that are known to the parser; else the formats, for what is called one. */
function valueWords(target: Option | Argument, name: string): readonly string[] {
  const known = suggestionsFor(target);
  if (known) return known;
  return name === 'format' ? formats.flatMap((format) => [format.name, ...format.aliases]) : [];
}
