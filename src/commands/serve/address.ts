import { Failure } from '../../core/errors.ts';

/** Addresses that only this machine can reach. */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/;
/** Names every address of the machine, and none that a client could go to. */
const EVERYWHERE: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '[::1]' };

/** @throws Failure `usage` for an address that others can reach, unless a token was chosen for it. */
export function refuseOpenAddress(host: string, token: string | undefined): void {
  if (LOOPBACK.test(host) || token !== undefined) return;
  throw new Failure('usage', `${host} can be reached from other machines, and no token was given`, {
    hint: 'choose one with --token, or leave --host out',
  });
}

/** The address as it stands in a URL. */
export function hostInUrl(host: string): string {
  return EVERYWHERE[host] ?? (host.includes(':') && !host.startsWith('[') ? `[${host}]` : host);
}

/** @throws Failure `usage` for a token that no client could send in a header. */
export function checkToken(token: string): string {
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new Failure('usage', '--token takes visible ASCII characters without spaces');
}
