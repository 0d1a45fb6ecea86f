import { ServerResponse } from 'node:http';
import type { JsonObject } from '../../src/core/json.ts';
import type { Loss } from '../../src/core/ledger.ts';
import type { Exchange } from '../../src/http/exchange.ts';
import { openProvider } from '../../src/providers/open.ts';
import { openRemote } from '../../src/providers/open-remote.ts';
import type { Provider } from '../../src/providers/provider.ts';
import type { RemoteName } from '../../src/providers/remote.ts';
import { remoteSystems } from '../../src/providers/systems.ts';
import { settings } from '../../src/settings.ts';
import { listenTo, type ServedStore, serveStore, TOKEN } from '../serve/desk.ts';
import { fakeContext } from '../support/world.ts';

/** A system, and the interface of it that is served. */
export interface Kind {
  readonly name: string;
  readonly system: RemoteName | 'local';
  /** Where the interface begins on the server. */
  readonly path: string;
  /** Below it, where a conversation is created; for the faults that are to meet just that. */
  readonly creation: string;
  /** What is configured beside address and key. */
  readonly settings: JsonObject;
  /** A request of the system's own format. */
  readonly request: JsonObject;
}

export const kinds: readonly Kind[] = [
  {
    name: 'local',
    system: 'local',
    path: '',
    creation: '',
    settings: {},
    request: { title: 'Demo', messages: [{ role: 'user', text: 'Hello' }] },
  },
  {
    name: 'openai',
    system: 'openai',
    path: '/openai/v1',
    creation: '/conversations',
    settings: {},
    request: {
      metadata: { title: 'Demo', topic: 'demo' },
      items: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hello' }] }],
    },
  },
  {
    name: 'orq',
    system: 'orq',
    path: '/orq',
    creation: '/v2/conversations',
    settings: { generation: '4.2' },
    request: { displayName: 'Demo', projectId: 'prj_1' },
  },
  {
    name: 'orq 4.1',
    system: 'orq',
    path: '/orq-4.1',
    creation: '/v2/conversations',
    settings: { generation: '4.1' },
    request: { displayName: 'Demo', metadata: { entityId: 'agent_1' } },
  },
  {
    name: 'looker',
    system: 'looker',
    path: '/looker',
    creation: '/api/4.0/conversations',
    settings: { client_id: 'convo' },
    request: {
      name: 'Demo',
      messages: [{ type: 'user', message: { userMessage: { text: 'Hello' } } }],
    },
  },
  { name: 'syllable', system: 'syllable', path: '/syllable', creation: '', settings: {}, request: {} },
];

/** A request that the server got. */
export interface Seen {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Headers;
  readonly body: string;
}

export interface Opened {
  readonly provider: Provider;
  /** The time as the provider has it. */
  readonly now: () => number;
  /** What the system is served from; absent for the local store. */
  readonly served: ServedStore | undefined;
  readonly seen: readonly Seen[];
  readonly warnings: readonly string[];
  readonly exchanges: readonly Exchange[];
}

export interface OpenOptions {
  readonly faults?: readonly string[];
  readonly settings?: JsonObject;
  readonly served?: ServedStore;
  /** Answer without saying what time it is. */
  readonly withoutDate?: boolean;
  /** Absent: the one that the server wants. */
  readonly key?: string;
}

function withholdDate(bindings: object): void {
  if ('outgoing' in bindings && bindings.outgoing instanceof ServerResponse)
    bindings.outgoing.sendDate = false;
}

/** A provider of this kind over a server of its own, which ends with the test. */
export async function openKind(kind: Kind, options: OpenOptions = {}): Promise<Opened> {
  const warnings: string[] = [];
  const exchanges: Exchange[] = [];
  const seen: Seen[] = [];
  const telling = {
    warn: (message: string) => void warnings.push(message),
    lost: (losses: readonly Loss[]) =>
      void warnings.push(...losses.map((loss) => `${loss.kind} ${loss.path}: ${loss.reason}`)),
    onExchange: (exchange: Exchange) => void exchanges.push(exchange),
  };
  const { context } = fakeContext({ environment: { PLANTED: options.key ?? TOKEN } });
  const system = remoteSystems.find((each) => each.name === kind.system);
  if (!system) {
    const provider = await openProvider(context, 'local', telling);
    return { provider, now: context.now, served: undefined, seen, warnings, exchanges };
  }
  const served = options.served ?? (await serveStore({ faults: options.faults ?? [] }));
  const origin = await listenTo({
    fetch: async (request, bindings) => {
      const { pathname, search } = new URL(request.url);
      const body = await request.clone().text();
      seen.push({ method: request.method, target: pathname + search, headers: request.headers, body });
      const reply = await served.fetch(request, bindings);
      if (options.withoutDate === true) withholdDate(bindings);
      return reply;
    },
  });
  const configured = settings().parse({
    providers: {
      it: {
        system: kind.system,
        url: `${origin}${kind.path}`,
        key: 'env:PLANTED',
        ...kind.settings,
        ...options.settings,
      },
    },
  }).providers?.['it'];
  const provider = await openRemote(
    context,
    { kind: 'remote', name: kind.name.replace(' ', '-'), system, configured },
    telling,
  );
  return { provider, now: context.now, served, seen, warnings, exchanges };
}
