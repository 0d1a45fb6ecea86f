import { describe, expect, it } from 'vitest';
import { lookerRemote } from '../../src/systems/looker/client/index.ts';
import { readLookerIni } from '../../src/systems/looker/client/ini.ts';

describe('looker.ini', () => {
  it('gives the address, the client id and the secret of its section', () => {
    const text =
      '[Looker]\nbase_url=https://looker.test:19999\nclient_id=id\nclient_secret=key\nverify_ssl=true\n';
    expect(readLookerIni(text)).toEqual({ url: 'https://looker.test:19999', client_id: 'id', key: 'key' });
  });

  it('is read in its first section alone, whatever that is called', () => {
    const text = '[One]\nclient_id=first\n[Looker]\nclient_id=second\nclient_secret=second\n';
    expect(readLookerIni(text)).toEqual({ client_id: 'first' });
  });

  it('may have spaces, quotes, colons and the line ends of Windows', () => {
    const text = '\r\n [Looker]\r\n client_id : "an id"\r\nclient_secret = \'key=with=signs\'  \r\n';
    expect(readLookerIni(text)).toEqual({ client_id: 'an id', key: 'key=with=signs' });
  });

  it('has no value where nothing or only quotes are written, and none outside of sections or in comments', () => {
    const text =
      'client_id=outside\n[Looker]\n# client_id=comment\n; client_id=comment\nbase_url=\nclient_secret=""\n';
    expect(readLookerIni(text)).toEqual({});
  });

  it('may be empty', () => {
    expect(readLookerIni('')).toEqual({});
  });
});

describe("Looker's address", () => {
  it.each([
    ['https://looker.test', 'https://looker.test'],
    ['https://looker.test/', 'https://looker.test'],
    ['https://looker.test:19999/api/4.0/', 'https://looker.test:19999'],
    ['https://looker.test/api', 'https://looker.test'],
    ['https://looker.test/below/api/4.0', 'https://looker.test/below'],
  ])('%s is %s, as people write the API behind it', (written, meant) => {
    expect(lookerRemote.trimAddress?.(written)).toBe(meant);
  });
});
