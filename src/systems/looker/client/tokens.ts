import { Failure } from '../../../core/errors.ts';

export interface Token {
  readonly text: string;
  /** When it is to be used no more, in milliseconds since the epoch. */
  readonly until: number;
}

export interface Tokens {
  /** The token in use, or a new one. Who asks while one is on its way waits for that one. */
  readonly current: () => Promise<string>;
  /** This token is good no more; if another is in use by now, that one stays. */
  readonly refuse: (text: string) => void;
}

/** Keeps the token that `login` gave last. A login that cannot succeed is not tried again. */
export function openTokens(login: () => Promise<Token>, now: () => number): Tokens {
  let held: Promise<Token> | undefined;
  let inUse: Token | undefined;
  const renew = async (): Promise<Token> => {
    try {
      inUse = await login();
      return inUse;
    } catch (error) {
      if (error instanceof Failure && error.retryable) held = undefined;
      throw error;
    }
  };
  return {
    async current() {
      if (inUse && now() >= inUse.until) {
        held = undefined;
        inUse = undefined;
      }
      held ??= renew();
      return (await held).text;
    },
    refuse(text) {
      if (inUse?.text !== text) return;
      held = undefined;
      inUse = undefined;
    },
  };
}
