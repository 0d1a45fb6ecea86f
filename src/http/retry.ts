import type { HttpReply, HttpRequest } from './exchange.ts';

/** Attempts after the first. */
export const MOST_RETRIES = 3;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 8_000;
/** Who is asked to wait longer than this is told so instead. */
const LONGEST_PATIENCE_MS = 60_000;

/** Errors of a certificate or of the agreement on how to encrypt. */
const UNTRUSTED = /^(?:CERT_|ERR_TLS|ERR_SSL|EPROTO$|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/;

/** What is known of a request that got no whole answer. */
export interface Breakdown {
  /** As Node has it: `ECONNRESET`. It does not tell by itself whether there was a connection. */
  readonly code: string;
  /** What took too long, if a time ran out. */
  readonly phase?: string | undefined;
  /** How far it surely got at the least: the connection, its encryption, or all the way. */
  readonly reached: 'nothing' | 'handshake' | 'system';
}

/** Whether the request cannot have reached the system. */
export function isUnsent({ code, phase, reached }: Breakdown): boolean {
  if (reached !== 'handshake') return reached === 'nothing';
  return phase === 'secureConnect' || UNTRUSTED.test(code);
}

/** Whether trying again can help where no whole answer came, and can do no harm. */
export function mayRetryAfterBreakdown({ writes }: HttpRequest, breakdown: Breakdown): boolean {
  // A certificate or a name that does not exist will be no better in a second.
  if (breakdown.code === 'ENOTFOUND' || UNTRUSTED.test(breakdown.code)) return false;
  return !writes || isUnsent(breakdown);
}

/** Whether trying again can help after this answer, and can do no harm. */
export function mayRetryAfterReply({ writes }: HttpRequest, { status }: HttpReply): boolean {
  return status === 429 || (!writes && (status === 408 || status >= 500));
}

/**
 * Milliseconds to wait before the attempt that follows this one (the first is 1), or undefined if the system asks for
 * more patience than anyone has. What it says counts; else it doubles from half a second, spread by chance (0 to 1).
 */
export function delayBefore(
  attempt: number,
  headers: HttpReply['headers'],
  { chance, now }: { readonly chance: number; readonly now: number },
): number | undefined {
  const asked = askedDelay(headers, now);
  if (asked !== undefined) return asked > LONGEST_PATIENCE_MS ? undefined : asked;
  const full = Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), LONGEST_DELAY_MS);
  return Math.round(full * (0.75 + 0.25 * chance));
}

/** `retry-after-ms`, else `Retry-After` in seconds or as a date. */
function askedDelay(headers: HttpReply['headers'], now: number): number | undefined {
  const milliseconds = numberIn(headers['retry-after-ms']);
  if (milliseconds !== undefined) return milliseconds;
  const text = headers['retry-after'];
  const seconds = numberIn(text);
  if (seconds !== undefined) return seconds * 1000;
  const date = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d+(?:\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}
