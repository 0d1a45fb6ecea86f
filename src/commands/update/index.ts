import { Command } from 'commander';
import type { Context } from '../../context.ts';
import { type ContentOptions, contentOptions } from '../content/options.ts';
import { examples, outputOptions, providerOption, repeated } from '../options.ts';
import type { OutputOptions } from '../session.ts';

export interface UpdateOptions extends ContentOptions, OutputOptions {
  readonly provider?: string;
  readonly unset?: readonly string[];
  readonly dryRun?: boolean;
  readonly quiet?: boolean;
}

/** `convo update`: its flags and help. */
export function updateCommand(context: Context): Command {
  const command = new Command('update')
    .description('Changes a conversation. What is given is merged over what is there.')
    .argument('<id>', 'the conversation')
    .argument('[file]', 'members to change, in the form of its own system, - for stdin');
  contentOptions(command, { messages: false })
    .option('--unset <path>', 'take a member out (repeatable)', repeated)
    .option('--dry-run', 'print what it would become and change nothing')
    .option('-q, --quiet', 'print the id alone');
  outputOptions(providerOption(command)).action(
    async (id: string, file: string | undefined, options: UpdateOptions) => {
      const { update } = await import('../work.ts');
      await update(id, file, options, context);
    },
  );
  return examples(command, [
    ['convo update conv_1 --title "Refund, settled"', 'a new title'],
    ['convo update conv_1 --metadata topic=demo --unset metadata.draft', 'one pair in, one out'],
    ['echo \'{"name":"Sales"}\' | convo update 0f1e2d3c -', 'members from a pipe'],
  ]);
}
