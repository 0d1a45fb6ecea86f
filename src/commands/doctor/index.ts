import { Command } from 'commander';
import type { Context } from '../../context.ts';
import { examples, outputOptions } from '../options.ts';
import type { OutputOptions } from '../session.ts';

export interface DoctorOptions extends OutputOptions {
  readonly offline?: boolean;
}

/** `convo doctor`: its flags and help. */
export function doctorCommand(context: Context): Command {
  const command = new Command('doctor')
    .description(
      'Says what is configured, where each value comes from, whether keys can be read and systems answer, and what to do where something is wrong. Never prints a key. Exit code 0 if everything that is configured works, else that of the first problem.',
    )
    .option('--offline', 'ask no system');
  outputOptions(command).action(async (options: DoctorOptions) => {
    const { examine } = await import('./run.ts');
    await examine(options, context);
  });
  return examples(command, [
    ['convo doctor', 'check everything'],
    ['convo doctor --offline -o json', 'what is set, for a bug report or a script'],
  ]);
}
