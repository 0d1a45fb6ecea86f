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

/** The completion script of a shell, made from the definitions of the commands. */
export async function completionScript(shell: Shell, context: Context): Promise<string> {
  return scripts[shell](await commandTree(context));
}
