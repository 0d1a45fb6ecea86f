import { Command } from 'commander';
import type { Context } from '../../context.ts';
import { examples, outputOptions } from '../options.ts';
import type { OutputOptions } from '../session.ts';

export interface SchemaOptions extends OutputOptions {
  readonly request?: boolean;
  readonly errors?: boolean;
  readonly at?: string;
}

/** `convo schema`: its flags and help. */
export function schemaCommand(context: Context): Command {
  const command = new Command('schema')
    .description(
      'Lists the formats, or shows the fields of one: a table for people, JSON Schema for programs.',
    )
    .argument('[format]', 'the format to show')
    .option('--request', 'what creates a conversation, not a record of one')
    .option('--errors', 'the errors that the system documents')
    .option('--at <path>', 'only the fields at this path and below it (tables)');
  outputOptions(command).action(async (format: string | undefined, options: SchemaOptions) => {
    const { showSchema } = await import('./run.ts');
    await showSchema(format, options, context);
  });
  return examples(command, [
    ['convo schema', 'the formats'],
    ['convo schema openai --at items.message', 'the fields of a message item'],
    ['convo schema orq --request -o json > orq.schema.json', 'JSON Schema (draft 2020-12) for an editor'],
  ]);
}
