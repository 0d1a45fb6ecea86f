import { type Command, Option } from 'commander';
import { Failure } from '../../core/errors.ts';
import { count } from '../options.ts';

/** What a command that makes many conversations is given on its command line. */
export interface BulkOptions {
  /** How many at once; absent: what the place takes well. */
  readonly jobs?: number;
  /** At most so many a second. */
  readonly rate?: number;
  readonly failFast?: boolean;
  readonly journal?: string;
  readonly again?: boolean;
  readonly strict?: boolean;
  readonly report?: string;
}

export function bulkOptions(command: Command): Command {
  return command
    .addOption(new Option('-j, --jobs <n>', 'of many, make so many at once').argParser(count('--jobs')))
    .addOption(new Option('--rate <n>', 'of many, begin at most so many a second').argParser(rate))
    .option('--fail-fast', 'of many, begin no more once one failed')
    .option('--journal <file>', 'of many, write what was done here, and go by it when run again')
    .option('--again', 'of many, make those anew of which nobody can tell whether an earlier run made them')
    .option('--strict', 'fail if anything is lost')
    .option(
      '--report <file>',
      'write every loss to this file, one JSON object a line; of many, add them to it',
    );
}

function rate(value: string): number {
  const number = Number(value);
  if (/^\d+(?:\.\d+)?$/.test(value) && number > 0 && Number.isFinite(number)) return number;
  throw new Failure('usage', `--rate takes a number above 0, not ${JSON.stringify(value)}`);
}
