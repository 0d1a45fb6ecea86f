import { createServer, type RequestListener } from 'node:http';
import { onTestFinished } from 'vitest';
import { Failure } from '../../src/core/errors.ts';
import { createClient, type HttpClient } from '../../src/http/client.ts';
import type { Exchange, HttpRequest } from '../../src/http/exchange.ts';
import { openRemote } from '../../src/providers/open-remote.ts';
import type { Provider } from '../../src/providers/provider.ts';
import type { RemoteName } from '../../src/providers/remote.ts';
import { remoteSystems } from '../../src/providers/systems.ts';
import { settings } from '../../src/settings.ts';
import { fakeContext } from '../support/world.ts';

export const KEY = 'Planted/Key+of.Nobody-123';

/** One that could be a host. */
export const PLAIN_KEY = 'Planted-Key-of-Nobody';

export const writing: HttpRequest = { method: 'POST', path: '/things', body: {}, writes: true };
export const reading: HttpRequest = { method: 'GET', path: '/things', writes: false };
export const searching: HttpRequest = { method: 'POST', path: '/things', body: {}, writes: false };

/** The address of something that answers as it is told to, until the test ends. */
export async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('it has no port');
  return `http://127.0.0.1:${address.port}`;
}

export interface ClientPlace {
  readonly client: HttpClient;
  readonly exchanges: readonly Exchange[];
  readonly stop: (code: 'interrupted' | 'terminated') => void;
}

interface PlaceOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly retries?: number;
  readonly onExchange?: () => void;
  readonly onDate?: (date: number) => void;
}

export function clientOf(address: string, options: PlaceOptions = {}): ClientPlace {
  const exchanges: Exchange[] = [];
  const stopping = new AbortController();
  const client = createClient({
    title: 'OpenAI',
    address: new URL(address),
    headers: async () => options.headers ?? { authorization: `Bearer ${KEY}` },
    secrets: () => [KEY],
    version: '0.0.0-test',
    signal: stopping.signal,
    timeout: 10_000,
    retries: options.retries ?? 0,
    onExchange(exchange) {
      exchanges.push(exchange);
      options.onExchange?.();
    },
    onDate: options.onDate,
    chance: () => 0,
    now: Date.now,
  });
  return { client, exchanges, stop: (code) => stopping.abort(new Failure(code, code)) };
}

export interface ProviderPlace extends Pick<ClientPlace, 'exchanges' | 'stop'> {
  readonly provider: Provider;
  readonly warnings: readonly string[];
}

/** A system as it is configured, at an address of the test's own. */
export async function providerOf(
  name: RemoteName,
  url: string,
  more: Readonly<Record<string, string>> = {},
): Promise<ProviderPlace> {
  const warnings: string[] = [];
  const exchanges: Exchange[] = [];
  const stopping = new AbortController();
  const { context } = fakeContext({ environment: { PLANTED: KEY, PLAIN: PLAIN_KEY } });
  const system = remoteSystems.find((each) => each.name === name);
  if (!system) throw new Error(`nobody knows ${name}`);
  const whole = { system: name, url, key: 'env:PLANTED', retries: 0, ...more };
  const configured = settings().parse({ providers: { it: whole } }).providers?.['it'];
  const provider = await openRemote(
    { ...context, signal: stopping.signal },
    { kind: 'remote', name, system, configured },
    {
      warn: (message) => void warnings.push(message),
      lost: () => undefined,
      onExchange: (exchange) => void exchanges.push(exchange),
    },
  );
  const stop = (code: 'interrupted' | 'terminated'): void => stopping.abort(new Failure(code, code));
  return { provider, warnings, exchanges, stop };
}

/** What is thrown. */
export async function failureOf(work: Promise<unknown> | undefined): Promise<Failure> {
  const error: unknown = await Promise.resolve(work).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Failure) return error;
  throw new Error(`no failure: ${String(error)}`);
}
