import type { Command } from 'commander';
import { repeated } from '../options.ts';

/** Content given by flags, laid over the document. */
export interface ContentOptions {
  readonly title?: string;
  readonly message?: readonly string[];
  readonly metadata?: readonly string[];
  readonly agent?: string;
  readonly entity?: string;
  readonly project?: string;
  readonly set?: readonly string[];
}

/** Adds the flags that say what a conversation holds; `messages` only where a command can add some. */
export function contentOptions(command: Command, { messages }: { readonly messages: boolean }): Command {
  command.option('--title <text>', 'what it is called');
  if (messages) messageOption(command);
  return command
    .option('--metadata <key=value>', 'a pair of metadata, always text (repeatable)', repeated)
    .option('--agent <id>', 'the agent it is held with')
    .option('--entity <id>', 'Orq.ai: the entity it belongs to')
    .option('--project <id>', 'Orq.ai: the project to create it in')
    .option('--set <path=value>', 'any member of the document, laid over all else (repeatable)', repeated);
}

export function messageOption(command: Command): Command {
  return command.option(
    '-m, --message <[role:]text>',
    'a message; said by user unless a role is given (repeatable)',
    repeated,
  );
}

/** Whether any flag gives content, so that stdin need not. */
export function hasContent(options: ContentOptions): boolean {
  const { title, message, metadata, agent, entity, project, set } = options;
  return [title, message, metadata, agent, entity, project, set].some((value) => value !== undefined);
}
