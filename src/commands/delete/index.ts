import { Command } from 'commander';
import type { Context } from '../../context.ts';
import { examples, inputOption, outputOptions, providerOption } from '../options.ts';
import type { OutputOptions } from '../session.ts';

export interface DeleteOptions extends OutputOptions {
  readonly provider?: string;
  readonly yes?: boolean;
  readonly ignoreMissing?: boolean;
  readonly items?: boolean;
  readonly dryRun?: boolean;
  readonly input: boolean;
}

/** `convo delete`: its flags and help. */
export function deleteCommand(context: Context): Command {
  const command = new Command('delete')
    .description('Deletes conversations. Asks first on a terminal; needs --yes anywhere else.')
    .argument('<id...>', 'ids; - reads them from stdin, one a line')
    .option('--yes', 'do not ask')
    .option('--ignore-missing', 'take it as done where there is no such conversation')
    .option('--items', 'delete the items too, which OpenAI keeps otherwise')
    .option('--dry-run', 'say what would be deleted and delete nothing');
  outputOptions(inputOption(providerOption(command))).action(
    async (ids: readonly string[], options: DeleteOptions) => {
      const { deleteAll } = await import('../work.ts');
      await deleteAll(ids, options, context);
    },
  );
  return examples(command, [
    ['convo delete conv_1', 'asks, then deletes'],
    ['convo list --until 90d -q | convo delete - --yes', 'delete what is older than 90 days'],
  ]);
}
