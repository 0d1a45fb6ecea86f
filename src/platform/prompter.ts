import { Failure } from '../core/errors.ts';

export interface TextOptions {
  /** Asks again while nothing is typed. */
  readonly required?: boolean;
  /** What is wrong with a text, if anything is: says so, and has it mended. */
  readonly problem?: (text: string) => string | undefined;
}

/** Questions to a person. They are written to stderr, as stdout carries data only. */
export interface Prompter {
  /** A line of text. */
  readonly text: (question: string, options?: TextOptions) => Promise<string>;
  readonly confirm: (question: string) => Promise<boolean>;
  /** A line of text that is not shown while it is typed. */
  readonly secret: (question: string) => Promise<string>;
  readonly choose: <Choice extends string>(question: string, choices: readonly Choice[]) => Promise<Choice>;
}

/** @throws Failure `interrupted`, from any question, when the person leaves it with Ctrl-C or closes the terminal. */
export async function openPrompter(signal: AbortSignal): Promise<Prompter> {
  const { confirm, input, password, select } = await import('@inquirer/prompts');
  const context = { output: process.stderr, signal };
  return {
    text: (message, { required = false, problem } = {}) =>
      asked(input({ message, required, validate: (text) => problem?.(text) ?? true }, context)),
    confirm: (message) => asked(confirm({ message, default: false }, context)),
    secret: (message) => asked(password({ message, toggleMask: false }, context)),
    choose: (message, choices) => asked(select({ message, choices }, context)),
  };
}

async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && (error.name === 'ExitPromptError' || error.name === 'AbortPromptError')) {
      throw new Failure('interrupted', 'cancelled: nothing was done');
    }
    throw error;
  }
}
