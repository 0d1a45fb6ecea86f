import { Command, Option } from 'commander';
import type { Context } from '../../context.ts';
import { examples, oneOf, repeated } from '../options.ts';

export interface ConvertOptions {
  readonly from?: string;
  readonly to: string;
  readonly request?: boolean;
  readonly set?: readonly string[];
  readonly strict?: boolean;
  readonly out?: string;
  readonly report?: string;
  readonly output: 'auto' | 'json' | 'ndjson';
  readonly color: boolean;
}

/** `convo convert`: its flags and help. */
export function convertCommand(context: Context): Command {
  const formats = new Command('convert')
    .description(
      'Turns conversations of one system into those of another, and says what was lost on the way.',
    )
    .argument('[file...]', 'files to read, - for stdin; stdin when there are none')
    .option('--from <format>', 'what the input is (default: told by its marks)')
    .requiredOption('--to <format>', 'what to turn it into')
    .option('--request', 'write what creates a conversation, not a record of one')
    .option('--set <path=value>', 'set a member of the result (repeatable)', repeated)
    .option('--strict', 'fail if anything is lost')
    .option('--out <file>', 'write here instead of to stdout, once all is converted; .gz is compressed')
    .option('--report <file>', 'write every loss to this file, one JSON object a line')
    .addOption(
      new Option('-o, --output <format>', 'json keeps the shape of the input; ndjson is one record a line')
        .default('auto')
        .argParser(oneOf('output format', ['auto', 'json', 'ndjson'])),
    )
    .option('--no-color', 'no colours')
    .option('--verbose', 'say more when something fails')
    .action(async (files: readonly string[], options: ConvertOptions) => {
      const { convertFiles } = await import('../work.ts');
      await convertFiles(files, options, context);
    });
  return examples(formats, [
    ['convo convert --to convo conversation.json', 'read any format into our own'],
    [
      'convo convert --to looker --request --set name="Sales Q3" openai.json',
      'make what creates it in Looker',
    ],
    [
      'convo show conv_1 -o json | convo convert --to syllable --report lost.ndjson',
      'convert, and keep a list of losses',
    ],
    ['convo convert --to orq --out orq.ndjson.gz openai.ndjson.gz', 'from a compressed file to another one'],
  ]);
}
