import { Command, Option } from 'commander';
import type { Context } from '../../context.ts';
import { type BulkOptions, bulkOptions } from '../bulk/options.ts';
import { type ContentOptions, contentOptions } from '../content/options.ts';
import { examples, inputOption, outputOptions, providerOption } from '../options.ts';
import type { OutputOptions } from '../session.ts';

export interface CreateOptions extends ContentOptions, OutputOptions, BulkOptions {
  readonly provider?: string;
  readonly format?: string;
  readonly record?: boolean;
  readonly request?: boolean;
  readonly newId?: boolean;
  readonly dryRun?: boolean;
  readonly quiet?: boolean;
  readonly input: boolean;
}

/** `convo create`: its flags and help. */
export function createCommand(context: Context): Command {
  const command = new Command('create')
    .description(
      'Creates a conversation from a file, from stdin, from flags, or from answers to questions; or many, from an array or NDJSON.',
    )
    .argument('[file]', 'requests or records of any format, - for stdin');
  contentOptions(command, { messages: true })
    .option('--format <format>', 'what the file is, or what to create without one')
    .addOption(new Option('--record', 'take the file as a record, with its id').conflicts('request'))
    .option('--request', 'take the file as a request, which gets an id')
    .option('--new-id', 'give a record a new id')
    .option('--dry-run', 'print what would be created and create nothing')
    .option('-q, --quiet', 'print the id alone');
  outputOptions(inputOption(providerOption(bulkOptions(command)))).action(
    async (file: string | undefined, options: CreateOptions) => {
      const { create } = await import('../work.ts');
      await create(file, options, context);
    },
  );
  return examples(command, [
    ['convo create --title Demo -m "Hello!"', 'a conversation with one message'],
    ['convo create request.json -q', 'create from a file and print the new id'],
    [
      'jq .request answer.json | convo create - --metadata topic=demo',
      'create from a pipe, with one more pair',
    ],
    [
      'convo create requests.ndjson -p openai --rate 5',
      'create many; run again, it goes on where it stopped',
    ],
    ['convo create --format orq --entity agent-1 --dry-run', 'see what would be kept'],
  ]);
}
