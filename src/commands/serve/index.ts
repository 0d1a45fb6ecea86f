import { Command } from 'commander';
import type { Context } from '../../context.ts';
import { Failure } from '../../core/errors.ts';
import { FAULT_HELP } from '../../serve/faults/help.ts';
import { examples, outputOptions, providerOption, repeated } from '../options.ts';
import type { OutputOptions } from '../session.ts';

export interface ServeOptions extends OutputOptions {
  readonly provider?: string;
  readonly host: string;
  readonly port: number;
  readonly system?: readonly string[];
  readonly token?: string;
  readonly seed?: readonly string[];
  readonly fault?: readonly string[];
}

/** `convo serve`: its flags and help. */
export function serveCommand(context: Context): Command {
  const command = new Command('serve')
    .description(
      "Serves the local store through the HTTP APIs of OpenAI, Orq.ai, Looker and Syllable, so that code written for them runs without an account, a key or a network. Prints each system's address and the variables that point its own client there; ends with Ctrl-C.",
    )
    .option('--host <address>', 'the address to listen on; any but a loopback one needs --token', '127.0.0.1')
    .option('--port <number>', 'the port; 0 is any that is free', portNumber, 0)
    .option(
      '--system <name>',
      'only this system: openai, orq, orq@4.1, looker, looker@26.4, syllable (repeatable)',
      repeated,
    )
    .option('--token <token>', 'the key that clients have to show; a new one is made if absent')
    .option('--seed <file>', 'store the conversations of this file first (repeatable); - is stdin', repeated)
    .option(
      '--fault <rule>',
      'fail some requests on purpose, as in `status=429,retry-after=1,share=0.2` (repeatable)',
      repeated,
    );
  outputOptions(providerOption(command))
    .addHelpText('after', `\n${FAULT_HELP}`)
    .action(async (options: ServeOptions) => {
      const { serve } = await import('./run.ts');
      await serve(options, context);
    });
  return examples(command, [
    ['convo serve', 'try code against every system, with what is in the local store'],
    [
      'convo serve --system openai --port 8080 --seed conversations.ndjson',
      'one system, at a known port, with something in it',
    ],
    ['convo serve --fault status=429,retry-after=1,every=5', 'see how a client takes being slowed down'],
    ['convo serve --fault cut,at=after,method=POST,nth=1', 'lose the reply to a write that took effect'],
  ]);
}

function portNumber(value: string): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number <= 65_535) return number;
  throw new Failure('usage', `--port takes a number from 0 to 65535, not ${JSON.stringify(value)}`);
}
