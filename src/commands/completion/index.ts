import { Argument, Command } from 'commander';
import type { Context } from '../../context.ts';
import { examples, oneOf } from '../options.ts';

export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type Shell = (typeof shells)[number];

/** `convo completion`: its help. */
export function completionCommand(context: Context): Command {
  const command = new Command('completion')
    .description('Prints a script that completes commands, flags and their words in your shell.')
    .addArgument(new Argument('<shell>', shells.join(', ')).argParser(oneOf('shell', shells)))
    .option('--verbose', 'say more when something fails')
    .action(async (shell: Shell) => {
      const script = (await context.files.completion(shell)) ?? (await makeScript(shell, context));
      await context.stdout.open('stop').write(script);
    });
  return examples(command, [
    ['source <(convo completion bash)', 'bash, in ~/.bashrc'],
    ['source <(convo completion zsh)', 'zsh, in ~/.zshrc after compinit'],
    ['convo completion fish > ~/.config/fish/completions/convo.fish', 'fish'],
    ['convo completion powershell | Out-String | Invoke-Expression', 'PowerShell, in $PROFILE'],
  ]);
}

/** Where the scripts are not built yet: while they are being built. */
async function makeScript(shell: Shell, context: Context): Promise<string> {
  const { completionScript } = await import('./script.ts');
  return completionScript(shell, context);
}
