import type { World } from './core/format.ts';
import type { Crews } from './crew.ts';
import type { Chunks } from './input/source.ts';
import type { NewFile, Sink } from './output/sink.ts';
import type { Answering, Listening, ListenOptions } from './platform/http-server.ts';
import type { Prompter } from './platform/prompter.ts';
import type { SettingsFile } from './platform/settings.ts';
import type { Environment, SinkOptions, Terminal } from './platform/streams.ts';
import type { StoreHost } from './store/site.ts';

/**
 * The world around a command, handed in from the edge so that tests can hand in another. What costs to load or to
 * read is a function, called by the command that needs it.
 */
export interface Context {
  readonly version: string;
  /** What the program runs on: `v20.17.0`, `linux x64`. */
  readonly runtime: { readonly node: string; readonly platform: string };
  readonly environment: Environment;
  readonly stdin: {
    readonly isTTY: boolean;
    readonly read: () => Promise<Uint8Array>;
    /** The same in pieces, as they come. */
    readonly open: () => Promise<Chunks>;
  };
  readonly stdout: Terminal & { readonly open: (onClosed: SinkOptions['onClosed']) => Sink };
  readonly stderr: Terminal & { readonly open: () => Sink };
  /** Aborted by SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
  /** How long the program may take to end well after a signal; a moment unless something is said here. */
  readonly windDown: (milliseconds: number) => void;
  /** The command line behind the name of the program, where there is one. */
  readonly words?: readonly string[];
  /** Other threads; absent where there are none. */
  readonly crews?: Crews;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Resolves when so many milliseconds have passed; absent: as the machine's own clock has it. */
  readonly pass?: (milliseconds: number) => Promise<void>;
  readonly world: () => Promise<World>;
  readonly files: Files;
  /** What a shell command prints. @throws Failure `not_authenticated` if it fails; it is only asked for keys. */
  readonly runCommand: (command: string) => Promise<string>;
  readonly settings: () => Promise<SettingsFile>;
  readonly prompter: () => Promise<Prompter>;
  readonly storeHost: () => Promise<StoreHost>;
  readonly listen: (fetch: Answering, options: ListenOptions) => Promise<Listening>;
  /** Where conversations are kept, when no provider says otherwise. */
  readonly dataDirectory: string;
}

export interface Files {
  /** The bytes of a file in pieces; of a small one, in one. */
  readonly open: (path: string) => Promise<Chunks>;
  /** The text of a file; undefined if there is none. @throws Failure `unreadable` if it cannot be read. */
  readonly readText: (path: string) => Promise<string | undefined>;
  /** The text of a file that its owner alone may read. @throws Failure `not_authenticated` if others may, or if it cannot be read. */
  readonly readSecret: (path: string) => Promise<string>;
  /** Writes a file that its owner alone may read, and makes the folder it is in. */
  readonly writeSecret: (path: string, text: string) => Promise<void>;
  /** Removes a file if it is there. */
  readonly remove: (path: string) => Promise<void>;
  /** Adds to the end of a file, and makes it and its folder if they are not there. */
  readonly append: (path: string, text: string) => Promise<void>;
  /** The completion script that came with the program; `undefined` if none did. */
  readonly completion: (shell: string) => Promise<string | undefined>;
  /** Whether there is a file or directory, and whether it can be written; or made, where there is none. */
  readonly access: (path: string) => Promise<{ readonly exists: boolean; readonly writable: boolean }>;
  /** How many bytes a file has; undefined for a pipe, and for what cannot be looked at. */
  readonly size: (path: string) => Promise<number | undefined>;
  /** A file that takes the place of another only when it is whole. @throws Failure if nothing can be written there. */
  readonly create: (path: string) => Promise<NewFile>;
}
