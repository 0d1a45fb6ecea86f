import { Failure } from '../core/errors.ts';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * The address of a system, without a slash at its end. Plain http is for this machine alone, as a key would be there
 * for anyone on the way to read. What cannot be used is not repeated: it may have a password in it.
 * @throws Failure `usage` that names the setting.
 */
export function systemAddress(text: string, setting: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new Failure('usage', `${setting} is no address of a system`, { hint: 'write it with https://' });
  }
  if (url.username !== '' || url.password !== '') {
    throw new Failure('usage', `${setting} has a name or password in it, which would end up in logs`, {
      hint: 'take them out; keys are configured apart',
    });
  }
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) {
    throw new Failure('usage', `${setting} would send the key to ${url.host} without encryption`, {
      hint: 'write it with https://; plain http is for this machine alone',
    });
  }
  if (url.search !== '' || url.hash !== '') {
    throw new Failure('usage', `${setting} has a ? or # in it, and paths could not be added behind that`, {
      hint: 'take out what begins there; keys are configured apart',
    });
  }
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url;
}
