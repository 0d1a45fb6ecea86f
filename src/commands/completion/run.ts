import type { Context } from '../../context.ts';
import { bashScript } from './bash.ts';
import { type CommandNode, commandTree } from './command-tree.ts';
import { fishScript } from './fish.ts';
import type { Shell } from './index.ts';
import { powershellScript } from './powershell.ts';
import { zshScript } from './zsh.ts';

const scripts: Readonly<Record<Shell, (nodes: readonly CommandNode[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  powershell: powershellScript,
};

/** Prints the completion script of a shell. */
export async function printCompletion(shell: Shell, context: Context): Promise<void> {
  const script = scripts[shell](await commandTree(context));
  await context.stdout.open('stop').write(script);
}
