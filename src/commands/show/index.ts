import { Command } from 'commander';
import type { Context } from '../../context.ts';
import { examples, outputOptions, providerOption } from '../options.ts';
import type { OutputOptions } from '../session.ts';

export interface ShowOptions extends OutputOptions {
  readonly provider?: string;
  readonly messages: boolean;
  readonly as?: string;
}

/** `convo show`: its flags and help. */
export function showCommand(context: Context): Command {
  const command = new Command('show')
    .description(
      'Shows conversations: a transcript for people, the record as its system has it for programs.',
    )
    .argument('<id...>', 'ids; - reads them from stdin, one a line')
    .option('--no-messages', 'leave the messages out')
    .option('--as <format>', 'print the record in another format');
  outputOptions(providerOption(command)).action(async (ids: readonly string[], options: ShowOptions) => {
    const { show } = await import('../work.ts');
    await show(ids, options, context);
  });
  return examples(command, [
    ['convo show conv_1', 'read a conversation'],
    ['convo show conv_1 -o json --as openai', 'the record in the form of another system'],
    ['convo list -q | convo show - -o ndjson > all.ndjson', 'everything, one record a line'],
  ]);
}
