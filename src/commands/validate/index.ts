import { Command, Option } from 'commander';
import type { Context } from '../../context.ts';
import { examples, outputOptions } from '../options.ts';
import type { OutputOptions } from '../session.ts';

export interface ValidateOptions extends OutputOptions {
  readonly format?: string;
  readonly request?: boolean;
  readonly record?: boolean;
  readonly strict?: boolean;
  readonly quiet?: boolean;
}

/** `convo validate`: its flags and help. */
export function validateCommand(context: Context): Command {
  const command = new Command('validate')
    .description(
      'Checks conversations against the schema of their system and shows every problem in its place.',
    )
    .argument('[file...]', 'files to read, - for stdin; stdin when there are none')
    .option('--format <format>', 'what the input is (default: told by its marks)')
    .addOption(new Option('--record', 'the input is as a system returns it').conflicts('request'))
    .option('--request', 'the input is what creates a conversation')
    .option('--strict', 'count what is not documented as an error')
    .option('-q, --quiet', 'print nothing; the exit code tells');
  outputOptions(command).action(async (files: readonly string[], options: ValidateOptions) => {
    const { validateFiles } = await import('./run.ts');
    await validateFiles(files, options, context);
  });
  return examples(command, [
    ['convo validate conversation.json', 'every problem, with its line; exit code 3 if there is an error'],
    ['convo validate --strict --format openai *.json', 'refuse undocumented members too'],
    ['convo validate -o ndjson all.ndjson | jq -r .path', 'problems for programs, one a line'],
  ]);
}
