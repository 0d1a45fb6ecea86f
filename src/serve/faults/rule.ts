import type { ServedName } from '../system.ts';

/** A request to fail on purpose, and how. Plain data: what a rule has counted so far is kept elsewhere. */
export interface FaultRule {
  /** As it was typed. */
  readonly text: string;
  /** Undefined: every system. */
  readonly system: ServedName | undefined;
  /** In capitals. Undefined: every method. */
  readonly method: string | undefined;
  /** A glob for the path below the system's own, with its slash at the front. Undefined: every path. */
  readonly path: string | undefined;
  readonly which: Which;
  /** Milliseconds to wait before anything else happens, or with `at: 'after'` once the write took effect. Undefined: none. */
  readonly delay: number | undefined;
  /** Undefined: the request is answered as ever, later. */
  readonly action: FaultAction | undefined;
  readonly at: Moment;
}

export type Moment = 'before' | 'after';

/** Which of the requests a rule is about, counted from 1. */
export type Which =
  | { readonly kind: 'all' }
  | { readonly kind: 'nth' | 'first' | 'every'; readonly number: number }
  | { readonly kind: 'share'; readonly share: Share };

/** A share as two whole numbers, as few shares are exact as a double. */
export interface Share {
  readonly parts: number;
  readonly of: number;
}

export type Spoiling = 'truncated' | 'text' | 'empty';

export type FaultAction =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'cut' }
  | { readonly kind: 'lock' }
  | { readonly kind: 'body'; readonly body: Spoiling }
  | { readonly kind: 'redirect'; readonly origin: string };
