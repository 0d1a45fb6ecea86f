import { Command, CommanderError } from 'commander';
import { type CommandEntry, commands } from './commands/index.ts';
import type { Context } from './context.ts';
import { Failure } from './core/errors.ts';
import { nearest } from './core/nearest.ts';

/**
 * Runs one command line. Help and versions go to stdout and end well.
 * @throws Failure `usage` for a command line that cannot be understood; otherwise what the command throws.
 */
export async function runProgram(words: readonly string[], context: Context): Promise<void> {
  const program = new Command('convo')
    .description(
      'Creates, shows, lists, validates and converts conversations of OpenAI, Orq.ai, Looker and Syllable.',
    )
    .version(context.version, '--version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help for a command')
    .showSuggestionAfterError();
  const chosen = chosenName(words);
  for (const entry of commands) {
    if (entry.name === chosen) program.addCommand((await entry.load())({ ...context, words }));
    // The others are only looked at where they are listed.
    else if (words[0] !== chosen) program.addCommand(placeholder(entry));
  }
  program.addHelpText('after', `\nRun \`convo <command> --help\` for the flags of a command and examples.`);
  refuseUnknown(chosen);
  const said: string[] = [];
  quieten(program, said);
  try {
    if (words.length === 0) program.help();
    await program.parseAsync([...words], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw usageFailure(error, chosen);
  }
  if (said.length > 0) await context.stdout.open('stop').write(said.join(''));
}

/** The first word that is no flag, or the one after `help`. */
function chosenName(words: readonly string[]): string | undefined {
  const names = words.filter((word) => !word.startsWith('-'));
  return names[0] === 'help' ? names[1] : names[0];
}

/** Stands in the list of commands for one that was not chosen. */
function placeholder({ name, usage, summary }: CommandEntry): Command {
  return new Command(name).usage(usage).description(summary).helpOption(false);
}

/** Makes commander throw where it would exit, and collects what it would print. */
function quieten(command: Command, said: string[]): void {
  command
    .exitOverride()
    .configureOutput({ writeOut: (text) => void said.push(text), writeErr: () => undefined })
    .configureHelp({ showGlobalOptions: false });
  for (const subcommand of command.commands) quieten(subcommand, said);
}

/** @throws Failure `usage` with the nearest command for a word that is none. */
function refuseUnknown(word: string | undefined): void {
  if (word === undefined || word === 'help' || commands.some(({ name }) => name === word)) return;
  const meant = nearest(
    word,
    commands.map(({ name }) => name),
  );
  throw new Failure('usage', `there is no command ${JSON.stringify(word)}`, {
    hint: meant === undefined ? 'see `convo --help`' : `did you mean ${meant}?`,
  });
}

/** commander words its errors as `error: …`, and a suggestion in brackets on a line of its own. */
function usageFailure(error: CommanderError, command: string | undefined): Failure {
  const [first = '', ...rest] = error.message.replace(/^error: /, '').split('\n');
  const suggestion = /^\(Did you mean (?:one of )?(.*?)\?\)$/.exec(rest.join(' ').trim())?.[1];
  const help = `see \`convo ${command === undefined ? '' : `${command} `}--help\``;
  return new Failure('usage', reword(first.trim()), {
    hint: suggestion === undefined ? help : `did you mean ${suggestion}?`,
  });
}

function reword(message: string): string {
  const many = /^too many arguments(?: for '([^']*)')?\. Expected (\d+) arguments? but got (\d+)/.exec(
    message,
  );
  if (!many) return message.replace(/\.$/, '');
  const [, name = 'convo', most = '', given = ''] = many;
  return `${name} takes ${most === '0' ? 'no arguments' : `at most ${most} argument${most === '1' ? '' : 's'}`}, not ${given}`;
}
