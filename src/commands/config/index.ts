import { Command } from 'commander';
import type { Context } from '../../context.ts';
import { Failure } from '../../core/errors.ts';
import { examples, oneOf, outputOptions } from '../options.ts';
import type { OutputOptions } from '../session.ts';
import { settingKeys } from './keys.ts';

/** `convo config` and its actions: their flags and help. */
export function configCommand(context: Context): Command {
  const command = new Command('config')
    .description('Reads and writes the configuration.')
    .usage('<action>')
    .argument('[action]')
    .allowExcessArguments()
    .action(refuseAction)
    .addCommand(pathCommand(context))
    .addCommand(getCommand(context))
    .addCommand(setCommand(context))
    .addCommand(unsetCommand(context))
    .addHelpText('after', keysText);
  return examples(command, [
    ['convo config set providers.work.system local', 'a second store, called work'],
    ['convo config set providers.work.dir ~/work/conversations', 'where it is'],
    ['convo config set provider work', 'use it where nothing else is said'],
    ['convo config get -o json', 'everything that is set'],
  ]);
}

/** Runs where no action was named, or none that there is. */
function refuseAction(action: string | undefined): void {
  if (action !== undefined) oneOf('action', actions)(action);
  throw new Failure('usage', 'config needs an action', { hint: `add one of ${actions.join(', ')}` });
}

const actions = ['path', 'get', 'set', 'unset'];

function pathCommand(context: Context): Command {
  const command = new Command('path').description('print where the configuration file is, or would be');
  return outputOptions(command).action(async (options: OutputOptions) => {
    const { printPath } = await import('./run.ts');
    await printPath(options, context);
  });
}

function getCommand(context: Context): Command {
  const command = new Command('get')
    .description('print what is set: text as it is, anything else as JSON')
    .argument('[key]', 'print this alone; exit code 4 if it is not set')
    .addHelpText('after', keysText);
  return outputOptions(command).action(async (key: string | undefined, options: OutputOptions) => {
    const { getSetting } = await import('./run.ts');
    await getSetting(key, options, context);
  });
}

function setCommand(context: Context): Command {
  const command = new Command('set')
    .description('set a key')
    .argument('<key>', 'what to set, dotted')
    .argument('<value>', 'text, or JSON where the key takes something else')
    .addHelpText('after', keysText);
  return outputOptions(command).action(async (key: string, value: string) => {
    const { setSetting } = await import('./run.ts');
    await setSetting(key, value, context);
  });
}

function unsetCommand(context: Context): Command {
  const command = new Command('unset')
    .description('remove a key')
    .argument('<key>', 'what to remove, dotted');
  return outputOptions(command).action(async (key: string) => {
    const { unsetSetting } = await import('./run.ts');
    await unsetSetting(key, context);
  });
}

function keysText(): string {
  return `\nKeys:\n${settingKeys.map(([key, meaning]) => `  ${key}\n      ${meaning}`).join('\n')}`;
}
