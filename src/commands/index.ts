import type { Command } from 'commander';
import type { Context } from '../context.ts';

/** A subcommand as the list of commands shows it. Its flags load when it is chosen, its work when it runs. */
export interface CommandEntry {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  readonly load: () => Promise<(context: Context) => Command>;
}

export const commands: readonly CommandEntry[] = [
  {
    name: 'create',
    usage: '[file]',
    summary: 'create a conversation from a file, flags or questions',
    load: async () => (await import('./flags.ts')).createCommand,
  },
  {
    name: 'show',
    usage: '<id...>',
    summary: 'show conversations with their messages',
    load: async () => (await import('./flags.ts')).showCommand,
  },
  {
    name: 'list',
    usage: '',
    summary: 'list conversations, newest first',
    load: async () => (await import('./flags.ts')).listCommand,
  },
  {
    name: 'update',
    usage: '<id> [file]',
    summary: 'change a conversation',
    load: async () => (await import('./flags.ts')).updateCommand,
  },
  {
    name: 'append',
    usage: '<id> [file]',
    summary: 'add messages to a conversation',
    load: async () => (await import('./flags.ts')).appendCommand,
  },
  {
    name: 'delete',
    usage: '<id...>',
    summary: 'delete conversations',
    load: async () => (await import('./flags.ts')).deleteCommand,
  },
  {
    name: 'copy',
    usage: '<from> <to>',
    summary: 'copy conversations from one place to another, each once',
    load: async () => (await import('./flags.ts')).copyCommand,
  },
  {
    name: 'convert',
    usage: '[file...]',
    summary: 'turn conversations of one system into those of another',
    load: async () => (await import('./flags.ts')).convertCommand,
  },
  {
    name: 'validate',
    usage: '[file...]',
    summary: 'check conversations against the schema of their system',
    load: async () => (await import('./flags.ts')).validateCommand,
  },
  {
    name: 'schema',
    usage: '[format]',
    summary: 'list the formats, or show the fields of one',
    load: async () => (await import('./flags.ts')).schemaCommand,
  },
  {
    name: 'serve',
    usage: '',
    summary: "serve the local store through the systems' own HTTP APIs",
    load: async () => (await import('./place-flags.ts')).serveCommand,
  },
  {
    name: 'provider',
    usage: '<action>',
    summary: 'say where conversations are: accounts at systems, and local stores',
    load: async () => (await import('./place-flags.ts')).providerCommand,
  },
  {
    name: 'config',
    usage: '<action>',
    summary: 'read and write the configuration',
    load: async () => (await import('./flags.ts')).configCommand,
  },
  {
    name: 'doctor',
    usage: '',
    summary: 'check the configuration, the keys and the systems',
    load: async () => (await import('./place-flags.ts')).doctorCommand,
  },
  {
    name: 'completion',
    usage: '<shell>',
    summary: 'print the completion script of a shell',
    load: async () => (await import('./flags.ts')).completionCommand,
  },
];
