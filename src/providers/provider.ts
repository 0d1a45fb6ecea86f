import type { Document } from '../core/document.ts';
import type { FormatName } from '../core/format.ts';
import type { JsonObject } from '../core/json.ts';
import type { ConversationSummary } from '../core/summary.ts';

/** A conversation as its place has it, whole. */
export interface Located {
  readonly id: string;
  readonly format: FormatName;
  readonly record: JsonObject;
}

/** A row of a list, and the way to the whole. */
export interface Listed {
  readonly summary: ConversationSummary;
  readonly load: () => Promise<Located>;
}

export type SortKey = 'created' | 'updated' | 'title';

export interface ListQuery {
  readonly sort: SortKey;
  readonly order: 'asc' | 'desc';
  /** At most so many rows; absent: all. */
  readonly limit?: number | undefined;
  /** Told of what could not be shown. */
  readonly warn: (message: string) => void;
}

/**
 * A place where conversations live. Operations move native JSON; what a place cannot do at all is absent from it.
 * Each throws a Failure: `not_found` for an id that is not there, `unsupported`, with the reason, for what can be
 * done here but not with this format.
 */
export interface Provider {
  /** The name it is configured under. */
  readonly name: string;
  /** In prose, for questions and reports: `the local store`. */
  readonly title: string;
  /** The format of a conversation made from flags alone. */
  readonly format: FormatName;
  /** Whether documents of this format are taken as they are; others are converted to `format` first. */
  readonly takes: (format: FormatName) => boolean;

  /** `undefined` if there is no such conversation. */
  readonly show?: (id: string) => Promise<Located | undefined>;
  readonly list?: (query: ListQuery) => AsyncIterable<Listed>;
  /** Keeps a valid document. @throws Failure `conflict` if a record's id is taken. */
  readonly create?: (document: Document, options: CreateOptions) => Promise<Located>;
  /** Changes a conversation by what `edit` makes of it; no other change made meanwhile is lost. */
  readonly update?: (id: string, edit: Edit, options: WriteOptions) => Promise<Located>;
  /** Adds messages, in the form that a request of the conversation's format has them. */
  readonly append?: (id: string, messages: MessagesFor, options: WriteOptions) => Promise<Located>;
  /** False if there was no such conversation. */
  readonly remove?: (id: string, options: WriteOptions) => Promise<boolean>;
}

export interface WriteOptions {
  /** Do everything but the writing, and give back what would be written. */
  readonly dryRun: boolean;
}

export interface CreateOptions extends WriteOptions {
  /** Give a record a new id instead of its own. */
  readonly newId: boolean;
}

/** The record as it is to be. Nothing else may be changed than what the format's `keeping` lets change. */
export type Edit = (current: Located) => Promise<JsonObject>;
/** The messages to add, once it is known to what. */
export type MessagesFor = (current: Located) => Promise<readonly JsonObject[]>;
