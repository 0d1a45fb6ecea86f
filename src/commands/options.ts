import { type Argument, type Command, Option } from 'commander';
import { Failure } from '../core/errors.ts';
import { nearest } from '../core/nearest.ts';

/** Adds what every command that prints has. */
export function outputOptions(command: Command, ...more: readonly string[]): Command {
  return command
    .addOption(
      new Option(
        '-o, --output <format>',
        `how to print: ${['auto', 'table', 'json', 'ndjson', ...more].join(', ')}`,
      )
        .default('auto')
        .argParser(oneOf('output format', ['auto', 'table', 'json', 'ndjson', ...more])),
    )
    .option('--no-color', 'no colours')
    .option('--verbose', 'say more when something fails');
}

/** Adds the choice of where conversations are. */
export function providerOption(command: Command): Command {
  return command.option(
    '-p, --provider <name>',
    'where the conversations are (default: CONVO_PROVIDER, then local)',
  );
}

/** Adds the switch that keeps a command from asking. */
export function inputOption(command: Command): Command {
  return command.option('--no-input', 'never ask; fail instead');
}

/** A parser for options that take one of a few words. @throws Failure `usage` with the nearest of them. */
export function oneOf<Word extends string>(what: string, words: readonly Word[]): (value: string) => Word {
  const parse = (value: string): Word => {
    const found = words.find((word) => word === value);
    if (found !== undefined) return found;
    const meant = nearest(value, words);
    throw new Failure('usage', `there is no ${what} ${JSON.stringify(value)}`, {
      hint: meant === undefined ? `choose ${words.join(', ')}` : `did you mean ${meant}?`,
    });
  };
  suggestions.set(parse, words);
  return parse;
}

/** What may be typed for options and arguments, by the parser or by the option itself. */
const suggestions = new WeakMap<object, readonly string[]>();

/** Makes shells offer these words for an option that takes others too, or that parses them elsewhere. */
export function suggest(option: Option, words: readonly string[]): Option {
  suggestions.set(option, words);
  return option;
}

/** The words that an option or argument takes, as far as {@link oneOf} or {@link suggest} know them. */
export function suggestionsFor(target: Option | Argument): readonly string[] | undefined {
  return (
    suggestions.get(target) ?? target.argChoices ?? (target.parseArg && suggestions.get(target.parseArg))
  );
}

/** Collects an option that may be given more than once. */
export function repeated(value: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), value];
}

/** A whole number of at least one. @throws Failure `usage`. */
export function count(flag: string): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (/^\d+$/.test(value) && Number.isSafeInteger(number) && number > 0) return number;
    throw new Failure('usage', `${flag} takes a whole number from 1, not ${JSON.stringify(value)}`);
  };
}

/** `--help` ends in examples: what to type, and what it does. */
export function examples(
  command: Command,
  lines: readonly (readonly [typed: string, does: string])[],
): Command {
  const text = lines.map(([typed, does]) => `  ${typed}\n      ${does}`).join('\n');
  return command.addHelpText('after', `\nExamples:\n${text}`);
}
