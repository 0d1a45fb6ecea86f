import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import type { FormatName, World } from '../core/format.ts';
import type { JsonObject } from '../core/json.ts';
import type { Refusal } from './refusal.ts';
import type { Shelf } from './shelf.ts';

export type ServedName = 'openai' | 'orq' | 'orq@4.1' | 'looker' | 'looker@26.4' | 'syllable';

/** What is known of a system's HTTP interface without loading it. */
export interface ServedSystem {
  readonly name: ServedName;
  /** In prose: `Looker 26.10`. */
  readonly title: string;
  readonly format: FormatName;
  /** Members that its records need not have here, though the format requires them. */
  readonly mayLack?: readonly string[];
  /** Where it begins on the server: what a client takes for the address of the system ends in it. */
  readonly path: string;
  /** The variables that point the system's own client at this address; without the key. */
  readonly environment: (url: string) => Readonly<Record<string, string>>;
  /** The variable that gives the system's own client its key. */
  readonly key: string;
  readonly load: () => Promise<SystemApi>;
}

/** A system's HTTP interface. */
export interface SystemApi {
  /** The operations, with paths relative to where the system begins. They check the key themselves. */
  readonly routes: (desk: Desk) => Hono<ServeEnvironment>;
  /** The body of an error that is nobody's in particular: an unknown path, a server that is down. */
  readonly errorBody: (status: number, message: string) => JsonObject;
  /** Headers that every answer bears. */
  readonly answerHeaders?: (desk: Desk) => Readonly<Record<string, string>>;
  /** What is answered while somebody else changes the conversation. */
  readonly locked: () => Refusal;
}

/** What the operations of one system work with. */
export interface Desk {
  readonly shelf: Shelf;
  /** What clients have to show. */
  readonly token: string;
  readonly world: World;
}

/** Handlers may reach the socket: Node's own request and response are among the bindings, but in tests. */
export interface ServeEnvironment {
  readonly Bindings: Partial<HttpBindings>;
  readonly Variables: {
    /** The largest body that is read. */
    readonly mostBytes: number;
  };
}
