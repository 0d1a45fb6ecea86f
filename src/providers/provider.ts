import type { Document } from '../core/document.ts';
import type { FormatName } from '../core/format.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import type { ConversationSummary } from '../core/summary.ts';
import type { PlannedRequest } from './remote.ts';

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
  /** The whole but for its messages, where the list gives that much: what asks for no messages need not load it. */
  readonly head?: Located | undefined;
}

export type SortKey = 'created' | 'updated' | 'title';

/** What can be done with a conversation, as far as its place allows. */
export type Operation = 'create' | 'show' | 'list' | 'update' | 'append' | 'delete';

export interface ListQuery {
  readonly sort: SortKey;
  readonly order: 'asc' | 'desc';
  /** At most so many rows; absent: all. */
  readonly limit?: number | undefined;
  /**
   * What will be looked for in the rows, for a place that can look for it itself; it may give more rows than that.
   * Times are text as RFC 3339 has it.
   */
  readonly wanted?: Wanted | undefined;
  /** Told of what could not be shown. */
  readonly warn: (message: string) => void;
  /** Told, in place of a warning, of each file of a store of our own that cannot be read. */
  readonly damaged?: (file: DamagedFile) => void;
}

export interface DamagedFile {
  /** Its path. */
  readonly file: string;
  readonly message: string;
}

export interface Wanted {
  /** Inclusive, by the time that the rows are sorted by. */
  readonly since?: string | undefined;
  /** Exclusive. */
  readonly until?: string | undefined;
  /** Values that members of the model have to have. */
  readonly where: readonly { readonly path: readonly string[]; readonly values: readonly JsonValue[] }[];
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
  /** Why what is absent cannot be done here, in a clause. */
  readonly cannot: Readonly<Partial<Record<Operation, string>>>;
  /** Whether documents of this format are taken as they are; others are converted to `format` first. */
  readonly takes: (format: FormatName) => boolean;
  /** A document with what is configured for this place, where it says nothing of that itself: Orq.ai's project. */
  readonly withDefaults?: (document: Document) => Document;

  /** `undefined` if there is no such conversation. */
  readonly show?: (id: string, options?: ShowOptions) => Promise<Located | undefined>;
  readonly list?: (query: ListQuery) => AsyncIterable<Listed>;
  /** Keeps a valid document. @throws Failure `conflict` if a record's id is taken. */
  readonly create?: (document: Document, options: CreateOptions) => Promise<Located>;
  /** Changes a conversation by what `edit` makes of it; no other change made meanwhile is lost. */
  readonly update?: (id: string, edit: Edit, options: WriteOptions) => Promise<Located>;
  /** Adds messages, in the form that a request of the conversation's format has them. */
  readonly append?: (id: string, messages: MessagesFor, options: WriteOptions) => Promise<Located>;
  /** True where a deleted conversation leaves behind what it held, unless that is deleted first. */
  readonly keepsItems?: true;
  /**
   * Adds those messages of a document that the conversation made of it does not have yet, because its creation broke
   * off or as the document has grown since; absent where a creation is never half done. Undefined if it is not there.
   * @throws Failure `conflict`, with nothing added, if what it has is not what the document begins with
   */
  readonly finish?: (id: string, document: Document) => Promise<Located | undefined>;
  /** What a conversation can be known by that is made of a document, for {@link findCreated}. */
  readonly trace?: (document: Document) => Promise<JsonObject>;
  /**
   * The conversations made since a time (RFC 3339, by our clock) that are as creating what left this trace would have
   * left them if it broke off before its answer came; undefined if they cannot be told from others, or not be placed
   * in time. Absent where they cannot be looked for.
   */
  readonly findCreated?: (trace: JsonObject, since: string) => Promise<readonly string[] | undefined>;
  /** Keeps what a dry run of `create` gave; for a store of our own. @throws Failure `conflict` if its id is taken */
  readonly keep?: (made: Located) => Promise<void>;
  /** Puts another record in the place of one, whatever of it differs but the id; for a store of our own. */
  readonly replace?: (id: string, record: Located) => Promise<Located>;
  /** False if there was no such conversation. */
  readonly remove?: (id: string, options: RemoveOptions) => Promise<boolean>;
  /**
   * The calls that each write would make, for a place that is called; it sends nothing and needs no key. A place
   * without it takes part in `dryRun` itself.
   */
  readonly plan?: Plan;
}

export interface Plan {
  readonly create?: (document: Document) => Promise<readonly PlannedRequest[]>;
  readonly update?: (id: string, edit: Edit) => Promise<readonly PlannedRequest[]>;
  readonly append?: (id: string, messages: MessagesFor) => Promise<readonly PlannedRequest[]>;
  readonly remove?: (id: string, options: RemoveOptions) => Promise<readonly PlannedRequest[]>;
}

export interface RemoveOptions extends WriteOptions {
  /** Delete what the conversation holds too, where the system would keep it: OpenAI's items. */
  readonly items?: boolean;
}

export interface ShowOptions {
  /** False if the messages are not wanted: a place that has to ask for them apart leaves them out. */
  readonly messages?: boolean;
}

export interface WriteOptions {
  /** Do everything but the writing, and give back what would be written. */
  readonly dryRun: boolean;
}

export interface CreateOptions extends WriteOptions {
  /** Give a record a new id instead of its own. */
  readonly newId: boolean;
  /** Told of the id as soon as it is known, and waited for, where making a conversation takes several calls or long. */
  readonly onCreated?: (id: string) => Promise<void>;
}

/** The record as it is to be. Nothing else may be changed than what the format's `keeping` lets change. */
export type Edit = (current: Located) => Promise<JsonObject>;
/** The messages to add, once it is known to what. */
export type MessagesFor = (current: Located) => Promise<readonly JsonObject[]>;
