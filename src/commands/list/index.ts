import { Command, Option } from 'commander';
import type { Context } from '../../context.ts';
import { count, examples, outputOptions, providerOption, repeated, suggest } from '../options.ts';
import type { OutputOptions } from '../session.ts';

export interface ListOptions extends OutputOptions {
  readonly provider?: string;
  readonly limit?: number;
  readonly all?: boolean;
  readonly sort: string;
  readonly where?: readonly string[];
  readonly search?: string;
  readonly since?: string;
  readonly until?: string;
  readonly fields?: string;
  readonly as?: string;
  readonly quiet?: boolean;
}

const sortWords = ['created', 'updated', 'title'].flatMap((key) => [`${key}:desc`, `${key}:asc`]);

/** Adds the flags that say which conversations are meant; `those`: what the flags about times say of them. */
export function filterOptions(command: Command, those = 'those'): Command {
  return command
    .option('--where <path=value>', 'only those with this value (repeatable)', repeated)
    .option('--search <text>', 'only those with this text in their title, metadata or messages')
    .option('--since <time>', `only ${those} from this time on: RFC 3339, or 30s 5m 12h 7d 2w ago`)
    .option('--until <time>', `only ${those} before this time`);
}

/** `convo list`: its flags and help. */
export function listCommand(context: Context): Command {
  const command = new Command('list').description(
    'Lists conversations, newest first. A table shows 20, everything else shows all.',
  );
  filterOptions(
    command.addOption(
      new Option('--limit <n>', 'show at most so many').argParser(count('--limit')).conflicts('all'),
    ),
  )
    .option('--all', 'show all of them, in a table too')
    .addOption(
      suggest(new Option('--sort <key>', 'created, updated or title, with :asc or :desc'), sortWords).default(
        'created:desc',
      ),
    )
    .addOption(new Option('--fields <names>', 'columns, with commas between them').conflicts(['as', 'quiet']))
    .addOption(new Option('--as <format>', 'whole records, in this format or `native`').conflicts('quiet'))
    .option('-q, --quiet', 'print ids alone, one a line');
  outputOptions(providerOption(command), 'csv').action(async (options: ListOptions) => {
    const { list } = await import('./run.ts');
    await list(options, context);
  });
  return examples(command, [
    ['convo list --since 7d --search refund', 'what was said of refunds this week'],
    ['convo list --where metadata.topic=demo -q | convo delete - --yes', 'delete what matches'],
    ['convo list -o csv --fields id,title,created_at > list.csv', 'a file for a spreadsheet'],
    ['convo list --as native -o ndjson', 'whole records, one a line'],
  ]);
}
