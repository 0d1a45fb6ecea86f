import { Failure } from '../core/errors.ts';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * The address of a system without what follows its path. Plain http is for this machine alone, as a key would be there
 * for anyone on the way to read. @throws Failure `usage` that names the setting.
 */
export function systemAddress(text: string, setting: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new Failure(
      'usage',
      `${setting} is no address of a system: ${JSON.stringify(withoutSecrets(text))}`,
      {
        hint: 'write it with https://',
      },
    );
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
  url.search = '';
  url.hash = '';
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url;
}

function withoutSecrets(text: string): string {
  return text.replace(/\/\/[^/@]*@/, '//…@');
}
