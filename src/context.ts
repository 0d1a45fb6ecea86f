import type { World } from './core/format.ts';
import type { Sink } from './output/sink.ts';
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
  readonly environment: Environment;
  readonly stdin: { readonly isTTY: boolean; readonly read: () => Promise<Uint8Array> };
  readonly stdout: Terminal & { readonly open: (onClosed: SinkOptions['onClosed']) => Sink };
  readonly stderr: Terminal & { readonly open: () => Sink };
  /** Aborted by SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly world: () => Promise<World>;
  readonly files: Files;
  readonly settings: () => Promise<SettingsFile>;
  readonly prompter: () => Promise<Prompter>;
  readonly storeHost: () => Promise<StoreHost>;
  /** Where conversations are kept, when no provider says otherwise. */
  readonly dataDirectory: string;
}

export interface Files {
  readonly read: (path: string) => Promise<Uint8Array>;
  /** The completion script that came with the program; `undefined` if none did. */
  readonly completion: (shell: string) => Promise<string | undefined>;
  /** Replaces the file as a whole. */
  readonly write: (path: string, text: string) => Promise<void>;
}
