import type { FormatName, World } from '../core/format.ts';
import type { JsonValue } from '../core/json.ts';
import type { Loss } from '../core/ledger.ts';
import type { ClientOptions, HttpClient } from '../http/client.ts';
import type { Account } from './account.ts';
import type { Operation, Provider } from './provider.ts';
import type { Remembered } from './remembered.ts';

/** A system with a server of its own, as far as it is known without talking to it. */
export interface RemoteSystem {
  /** What `-p` takes when nothing is configured, and what `--system` takes. */
  readonly name: RemoteName;
  /** In prose: `OpenAI`. */
  readonly title: string;
  readonly format: FormatName;
  /** The versions of its API that are spoken, as the vendor calls them, the newest first. */
  readonly versions: readonly string[];
  /** Where it is unless something else is said; absent if each customer has an address of their own. */
  readonly address?: string;
  /** Cuts what people write behind an address by habit: `/api/4.0`. */
  readonly trimAddress?: (text: string) => string;
  /** The vendor's own variables for each setting; of several the first that is set counts. */
  readonly variables: Readonly<Partial<Record<AccountSetting, readonly string[]>>>;
  /** The file of the vendor's own tools that may hold the settings, and how it is read. */
  readonly file?: {
    readonly path: string;
    readonly read: (text: string) => Readonly<Partial<Record<AccountSetting, string>>>;
  };
  /** What can be configured for it besides its address and key; without what is required nothing works. */
  readonly settings: Readonly<Partial<Record<OwnSetting, 'required' | 'optional'>>>;
  /**
   * An id that no conversation has, for a system that is not asked when its conversations are listed: asking for it
   * shows whether the key works.
   */
  readonly absentId?: string;
  /** What it cannot do, and why, in a clause; what is not here it can. */
  readonly cannot: Readonly<Partial<Record<Operation, string>>>;
  /** What it can do in part only, in a sentence. */
  readonly limits: Readonly<Partial<Record<Operation, string>>>;
  readonly load: () => Promise<(seat: Seat) => Provider>;
}

export type RemoteName = 'openai' | 'orq' | 'looker' | 'syllable';

/** What an account is made of. */
export type AccountSetting =
  | 'url'
  | 'key'
  | 'client_id'
  | 'organization'
  | 'project'
  | 'entity'
  | 'generation';

export type OwnSetting = Exclude<AccountSetting, 'url' | 'key'>;

/** What a provider works with. */
export interface Seat {
  readonly account: Account;
  /** A client for the account's address. Loaded when something is to be sent. */
  readonly connect: (options: Pick<ClientOptions, 'headers' | 'secrets' | 'isBusy'>) => Promise<HttpClient>;
  readonly remembered: Remembered;
  /** Milliseconds that the system's clock is ahead of ours, at least; undefined until it has told the time. */
  readonly ahead: () => number | undefined;
  readonly world: () => Promise<World>;
  /** One line on stderr. */
  readonly warn: (message: string) => void;
  /** What of a document is not sent, or not as it is. */
  readonly lost: (losses: readonly Loss[]) => void;
}

/** A call that would be made, with everything but the key. */
export interface PlannedRequest {
  readonly method: string;
  /** `{id}` stands for what the first call answers. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: JsonValue;
}
