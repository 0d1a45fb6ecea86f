import { Command } from 'commander';
import type { Context } from '../../context.ts';
import { Failure } from '../../core/errors.ts';
import { examples, inputOption, oneOf, outputOptions } from '../options.ts';
import type { OutputOptions } from '../session.ts';

export interface AddOptions extends OutputOptions {
  readonly system?: SystemName;
  readonly url?: string;
  /** Where the key is; `-` is stdin. */
  readonly key?: string;
  readonly clientId?: string;
  readonly organization?: string;
  readonly project?: string;
  readonly entity?: string;
  readonly generation?: '4.1' | '4.2';
  readonly dir?: string;
  /** Seconds. */
  readonly timeout?: number;
  readonly retries?: number;
  readonly force?: boolean;
  readonly input: boolean;
}

/** What `--system` takes. The systems themselves are not loaded for a help text; the compiler holds this to them. */
export const systemNames = ['local', 'openai', 'orq', 'looker', 'syllable'] as const;
export type SystemName = (typeof systemNames)[number];

/** `convo provider` and its actions: their flags and help. */
export function providerCommand(context: Context): Command {
  const command = new Command('provider')
    .description('Says where conversations are: the local store, and accounts at systems.')
    .usage('<action>')
    .argument('[action]')
    .allowExcessArguments()
    .action(refuseAction)
    .addCommand(listCommand(context))
    .addCommand(showCommand(context))
    .addCommand(addCommand(context))
    .addCommand(testCommand(context))
    .addCommand(removeCommand(context))
    .addCommand(defaultCommand(context));
  return examples(command, [
    ['convo provider list', 'what there is, and what each can do'],
    ['convo provider add work --system openai', 'asks for the key, which is not shown'],
    ['convo provider test work', 'see whether the key works'],
    ['convo provider default work', 'use it where nothing else is said'],
  ]);
}

/** Runs where no action was named, or none that there is. */
function refuseAction(action: string | undefined): void {
  if (action !== undefined) oneOf('action', actions)(action);
  throw new Failure('usage', 'provider needs an action', { hint: `add one of ${actions.join(', ')}` });
}

const actions = ['list', 'show', 'add', 'test', 'remove', 'default'];

function listCommand(context: Context): Command {
  const command = new Command('list').description('list every provider, and what each can do');
  return outputOptions(command).action(async (options: OutputOptions) => {
    const { listProviders } = await import('./list.ts');
    await listProviders(options, context);
  });
}

function showCommand(context: Context): Command {
  const command = new Command('show')
    .description('show how a provider is set up, where each value comes from, and what it can do')
    .argument('<name>');
  return outputOptions(command).action(async (name: string, options: OutputOptions) => {
    const { showProvider } = await import('./show.ts');
    await showProvider(name, options, context);
  });
}

function addCommand(context: Context): Command {
  const command = new Command('add')
    .description(
      'Configures a provider. Asks on a terminal for what is missing. A key is never taken from the command line, where others could see it: say where it is, or pipe it in.',
    )
    .summary('configure a provider')
    .argument('[name]', "what to call it; a system's own name configures what -p with that name uses")
    .option(
      '--system <system>',
      `what it is: ${systemNames.join(', ')}; not needed where the name says it`,
      oneOf('system', systemNames),
    )
    .option('--url <address>', 'the address of the system, where it has none of its own or another is meant')
    .option('--key <place>', 'where the key is: env:NAME, command:…, file:…, or - to read it from stdin')
    .option('--client-id <id>', 'the client id that goes with the key (Looker)')
    .option('--organization <id>', 'the organization (OpenAI)')
    .option('--project <id>', 'the project (OpenAI, Orq.ai)')
    .option('--entity <id>', 'the entity whose conversations are meant (Orq.ai)')
    .option(
      '--generation <version>',
      'the version of the API (Orq.ai): 4.1 or 4.2',
      oneOf('generation', ['4.1', '4.2']),
    )
    .option('--dir <directory>', 'the directory of a local store')
    .option('--timeout <seconds>', 'how long an answer may take', seconds)
    .option('--retries <number>', 'how often a failed request is tried again', retries)
    .option('--force', 'replace a provider of this name');
  outputOptions(inputOption(command)).action(async (name: string | undefined, options: AddOptions) => {
    const { addProvider } = await import('./add.ts');
    await addProvider(name, options, context);
  });
  return examples(command, [
    ['convo provider add openai', 'asks for the key of -p openai'],
    ['convo provider add work --system openai --key env:WORK_KEY', 'the key is in a variable'],
    [
      'pass show looker | convo provider add bi --system looker --url https://example.cloud.looker.com --client-id a1 --key -',
      'the key comes through a pipe, and is kept in a file that you alone can read',
    ],
    ['convo provider add archive --system local --dir archive', 'a second store of JSON files'],
  ]);
}

function testCommand(context: Context): Command {
  const command = new Command('test')
    .description('send one harmless request, and say how it went; the exit code says why it failed')
    .argument('<name>');
  return outputOptions(command).action(async (name: string, options: OutputOptions) => {
    const { testProvider } = await import('./test.ts');
    await testProvider(name, options, context);
  });
}

function removeCommand(context: Context): Command {
  const command = new Command('remove')
    .description('take a provider out of the configuration, with the key that was kept for it')
    .argument('<name>');
  return outputOptions(command).action(async (name: string, options: OutputOptions) => {
    const { removeProvider } = await import('./remove.ts');
    await removeProvider(name, options, context);
  });
}

function defaultCommand(context: Context): Command {
  const command = new Command('default')
    .description('use a provider where neither -p nor CONVO_PROVIDER names one')
    .argument('<name>');
  return outputOptions(command).action(async (name: string, options: OutputOptions) => {
    const { chooseDefault } = await import('./remove.ts');
    await chooseDefault(name, options, context);
  });
}

function seconds(value: string): number {
  const number = Number(value);
  // The configuration says so too; its schema is not loaded for a help text.
  if (/^\d+(?:\.\d+)?$/.test(value) && number > 0 && number <= 86_400) return number;
  throw new Failure('usage', `--timeout takes seconds, a day (86400) at most, not ${JSON.stringify(value)}`);
}

function retries(value: string): number {
  if (/^\d{1,3}$/.test(value)) return Number(value);
  throw new Failure('usage', `--retries takes a whole number, not ${JSON.stringify(value)}`);
}
