import { Command } from 'commander';
import type { Context } from '../../context.ts';
import { messageOption } from '../content/options.ts';
import { examples, outputOptions, providerOption } from '../options.ts';
import type { OutputOptions } from '../session.ts';

export interface AppendOptions extends OutputOptions {
  readonly provider?: string;
  readonly message?: readonly string[];
  readonly dryRun?: boolean;
  readonly quiet?: boolean;
}

/** `convo append`: its flags and help. */
export function appendCommand(context: Context): Command {
  const command = new Command('append')
    .description('Adds messages to the end of a conversation.')
    .argument('<id>', 'the conversation')
    .argument(
      '[file]',
      'messages in the form of its own system, or a conversation of any format; - for stdin',
    );
  messageOption(command)
    .option('--dry-run', 'print what it would become and change nothing')
    .option('-q, --quiet', 'print the id alone');
  outputOptions(providerOption(command)).action(
    async (id: string, file: string | undefined, options: AppendOptions) => {
      const { append } = await import('../work.ts');
      await append(id, file, options, context);
    },
  );
  return examples(command, [
    ['convo append conv_1 -m "And tomorrow?" -m "assistant:Rain."', 'a question and its answer'],
    ['convo append conv_1 items.ndjson', 'messages from a file, one a line'],
  ]);
}
