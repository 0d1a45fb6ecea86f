import { Command, Option } from 'commander';
import type { Context } from '../../context.ts';
import { type BulkOptions, bulkOptions } from '../bulk/options.ts';
import { filterOptions, type ListOptions } from '../list/index.ts';
import { count, examples, outputOptions, repeated } from '../options.ts';
import type { OutputOptions } from '../session.ts';

export interface CopyOptions
  extends OutputOptions,
    BulkOptions,
    Pick<ListOptions, 'since' | 'until' | 'where' | 'search' | 'limit'> {
  readonly set?: readonly string[];
  readonly update?: boolean;
  readonly dryRun?: boolean;
  readonly quiet?: boolean;
}

/** `convo copy`: its flags and help. */
export function copyCommand(context: Context): Command {
  const command = new Command('copy')
    .description(
      'Copies conversations from one place to another, each once: run again, it copies what is new.',
    )
    .argument('<from>', 'the provider that has them')
    .argument('<to>', 'the provider that is to have them')
    .addOption(
      new Option(
        '--limit <n>',
        'copy at most so many, newest first; with --since or --until, those changed last',
      ).argParser(count('--limit')),
    );
  bulkOptions(filterOptions(command, 'those changed last, or made where nothing tells of changes,'))
    .option('--set <path=value>', 'set a member of each copy (repeatable)', repeated)
    .option('--update', 'bring copies up to date whose source has changed since')
    .option('--dry-run', 'show what would be created, skipped and lost, and copy nothing')
    .option('-q, --quiet', 'print the ids of the copies alone');
  outputOptions(command).action(async (from: string, to: string, options: CopyOptions) => {
    const { copy } = await import('./run.ts');
    await copy({ from, to }, options, context);
  });
  return examples(command, [
    ['convo copy openai local', 'keep a copy of everything here; run again for what is new'],
    [
      'convo copy orq looker --set name=Imported --dry-run',
      'see what a move would create, and what it would lose',
    ],
    ['convo copy sales archive --since 7d --update', 'this week, those that have changed since included'],
  ]);
}
