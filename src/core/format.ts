import type { Conversation } from './conversation.ts';
import type { JsonObject } from './json.ts';
import type { Ledger } from './ledger.ts';
import type { Schema } from './schema/build.ts';

/** A conversation as its system returns it, or what is sent to make one. */
export type Kind = 'record' | 'request';

export type FormatName = 'openai' | 'orq' | 'looker@26.10' | 'looker@26.4' | 'syllable' | 'convo';

/** The key of `extensions`; versions of one system share it. */
export type SystemName = 'openai' | 'orq' | 'looker' | 'syllable' | 'convo';

/** Where a record has its messages. */
export type MessagesKey = 'items' | 'messages' | 'sessions';

/** What is known of a format without loading it. */
export interface FormatInfo {
  readonly name: FormatName;
  readonly aliases: readonly string[];
  readonly system: SystemName;
  /** Name in prose: `OpenAI`. */
  readonly title: string;
  /** One line for the list of formats. */
  readonly summary: string;
  /** The vendor's page that documents it. */
  readonly documentation: string;
  readonly messagesKey: MessagesKey;
  /** Whether a document bears this format's marks; never what a schema happens to accept. */
  readonly marks: (document: JsonObject) => boolean;
  /** Whether a document of this format is a record; else it is a request. */
  readonly isRecord: (document: JsonObject) => boolean;
  /** How many messages a record has; absent: as many as its list of messages is long. Null if it has no list. */
  readonly countMessages?: (record: JsonObject) => number | null;
  /** Loads it once; asked again, the answer is there at once. */
  readonly load: () => Promise<Format>;
}

/** A documented JSON shape: what is valid, and the way to the model and back. Pure. */
export interface Format {
  readonly name: FormatName;
  readonly system: SystemName;
  readonly title: string;
  readonly record: () => Schema;
  /** Absent if the system has no request. */
  readonly request?: () => Schema;
  /** The error bodies that the system documents, by status. */
  readonly errors?: Readonly<Record<string, () => Schema>>;

  /**
   * Reads a valid document. Total: what the model cannot say goes to `extensions`, so that
   * `write(read(x))` equals `x` for every valid `x` of the same kind.
   */
  readonly read: (native: JsonObject, kind: Kind, ledger: Ledger) => Conversation;
  /**
   * Writes what the format can carry of a conversation and tells the ledger of each field it wrote. Nothing is
   * made up, so members that the schema requires may be missing: validate the result to learn which.
   */
  readonly write: (conversation: Conversation, kind: Kind, ledger: Ledger) => JsonObject;

  /** The member of a request that each flag of `create` sets, as a JSON pointer; a flag without a member is absent. */
  readonly flags: Readonly<Partial<Record<ContentFlag, string>>>;
  readonly keeping: Keeping;
  /** What people are shown of a part of type `other` that only this system knows; absent: its kind alone. */
  readonly blocks?: (part: JsonObject) => readonly Block[];
}

/** A piece of a transcript. A `note` names what cannot be shown as text: `[image https://…]`. */
export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'note'; readonly text: string }
  | {
      readonly kind: 'table';
      readonly columns: readonly string[];
      readonly rows: readonly (readonly string[])[];
    }
  | { readonly kind: 'code'; readonly language?: string | undefined; readonly text: string };

export type ContentFlag = 'title' | 'agent' | 'entity' | 'project' | 'metadata' | 'message';

/**
 * What the system does with the conversations it keeps, so that a local store can do the same.
 * What it cannot do is absent, with the reason under `cannot`.
 */
export interface Keeping {
  /** A new conversation id as the system makes them; absent: `conv_` and a ULID. */
  readonly newId?: (world: World) => string;
  /** What the system would keep of a valid request: ids, times in its unit, states, constants. */
  readonly create?: (request: JsonObject, world: World) => JsonObject;
  readonly update?: {
    /** Members of this record (JSON pointers) that may change; what lies below them too. `''` is everything. */
    readonly changeable: (record: JsonObject) => readonly string[];
    /** What the system would be sent of a changed record, which is held to the limits of requests. */
    readonly sent?: (record: JsonObject) => JsonObject;
    /** The changed record as the system would return it: with its new time of change, if it has one. */
    readonly touch: (record: JsonObject, world: World) => JsonObject;
  };
  /** The record with more messages, given in the form a request has them. */
  readonly append?: (record: JsonObject, messages: readonly JsonObject[], world: World) => JsonObject;
  readonly cannot: Readonly<Partial<Record<'create' | 'update' | 'append', string>>>;
}

/** What making a record takes from outside. */
export interface World {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** A new lower-case ULID. */
  readonly ulid: () => string;
  /** 32 hexadecimal digits. */
  readonly hex: () => string;
}
