import { Command, CommanderError } from 'commander';
import { type CommandEntry, commands } from './commands/index.ts';
import type { Context } from './context.ts';
import { Failure } from './core/errors.ts';

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
    program.addCommand(entry.name === chosen ? (await entry.load())(context) : placeholder(entry));
  }
  program.addHelpText('after', `\nRun \`convo <command> --help\` for the flags of a command and examples.`);
  const said: string[] = [];
  quieten(program, said);
  try {
    if (words.length === 0) program.help();
    await program.parseAsync([...words], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw usageFailure(error);
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

/** commander words its errors as `error: …`, and a suggestion in brackets on a line of its own. */
function usageFailure(error: CommanderError): Failure {
  const [first = '', ...rest] = error.message.replace(/^error: /, '').split('\n');
  const suggestion = /^\(Did you mean (?:one of )?(.*?)\?\)$/.exec(rest.join(' ').trim())?.[1];
  return new Failure('usage', first.trim(), {
    hint: suggestion === undefined ? 'see `convo --help`' : `did you mean ${suggestion}?`,
  });
}
