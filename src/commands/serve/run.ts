import type { Context } from '../../context.ts';
import { Failure } from '../../core/errors.ts';
import type { World } from '../../core/format.ts';
import { openLocal, openLocalStore } from '../../providers/local.ts';
import { findPlace } from '../../providers/open.ts';
import { createFaults } from '../../serve/faults/index.ts';
import { interruptible } from '../../serve/faults/interruptible.ts';
import { parseFault } from '../../serve/faults/parse.ts';
import { createServer, type Mount } from '../../serve/server.ts';
import { openShelf } from '../../serve/shelf.ts';
import type { ServedSystem } from '../../serve/system.ts';
import { servedSystems } from '../../serve/systems.ts';
import { oneOf } from '../options.ts';
import { openSession, type Session } from '../session.ts';
import { checkToken, hostInUrl, refuseOpenAddress } from './address.ts';
import { announce } from './announce.ts';
import type { ServeOptions } from './index.ts';
import { seedStore } from './seed.ts';

/** Requests that are being answered when the program is told to stop have this long, in milliseconds. */
const PATIENCE_MS = 5_000;

/** Serves until the program is told to stop, which is a good end. */
export async function serve(options: ServeOptions, context: Context): Promise<void> {
  const { host, port } = options;
  const rules = (options.fault ?? []).map(parseFault);
  refuseOpenAddress(host, options.token);
  const systems = systemsNamed(options.system ?? []);
  const session = openSession(context, options, { writes: true });
  const world = await context.world();
  const token = options.token === undefined ? world.hex() : checkToken(options.token);
  const place = await findPlace(context, options.provider);
  if (place.kind !== 'local') {
    throw new Failure('usage', `serve serves a local store, and ${place.name} is none`, {
      hint: 'leave out -p',
    });
  }
  const storeHost = await context.storeHost();
  if (options.seed) {
    const provider = openLocal({ ...place, host: storeHost, world: context.world });
    await seedStore(context, options.seed, provider, session);
  }
  context.windDown(2 * PATIENCE_MS);
  const mounts = await mountAll(context, systems, { place, token, world, session });
  const app = createServer({
    mounts,
    faults: createFaults(rules, interruptible(context.signal)),
    ...reports(session, options.verbose === true),
  });
  const server = await context.listen((request, bindings) => app.fetch(request, bindings), { host, port });
  const origin = `http://${hostInUrl(host)}:${server.port}`;
  await announce(session, { origin, systems, token: options.token === undefined ? token : undefined });
  await session.note({
    name: 'serving',
    text: `serving the conversations in ${place.directory}; Ctrl-C ends it`,
    fields: { directory: place.directory, origin },
  });
  await aborted(context.signal);
  const givenUp = await server.close(PATIENCE_MS);
  if (givenUp > 0) await session.warn(`${givenUp} requests were not finished in time and were given up`);
}

function systemsNamed(names: readonly string[]): readonly ServedSystem[] {
  if (names.length === 0) return servedSystems;
  const parse = oneOf(
    'served system',
    servedSystems.map(({ name }) => name),
  );
  const chosen = new Set(names.map(parse));
  return servedSystems.filter(({ name }) => chosen.has(name));
}

async function mountAll(
  context: Context,
  systems: readonly ServedSystem[],
  {
    place,
    token,
    world,
    session,
  }: { place: { readonly directory: string }; token: string; world: World; session: Session },
): Promise<Mount[]> {
  const store = openLocalStore({ directory: place.directory, host: await context.storeHost() });
  const told = new Set<string>();
  const damaged = ({ file, message }: { readonly file: string; readonly message: string }): void => {
    if (told.has(file)) return;
    told.add(file);
    void session.warn(`${file} was left out: ${message}`);
  };
  return Promise.all(
    systems.map(async (system) => ({
      system,
      api: await system.load(),
      desk: {
        shelf: await openShelf({ store, format: system.format, mayLack: system.mayLack, world, damaged }),
        token,
        world,
      },
    })),
  );
}

function reports(
  session: Session,
  verbose: boolean,
): Pick<Parameters<typeof createServer>[0], 'onError' | 'onAnswer'> {
  return {
    onError: (error, request) => {
      const reason = error instanceof Error ? error.message : String(error);
      void session.reportFailure(
        new Failure('internal', `${request} could not be answered: ${reason}`, { cause: error }),
      );
    },
    ...(verbose && {
      onAnswer: ({ method, path, status, milliseconds }) => {
        const took = Math.round(milliseconds);
        const text = `${method} ${path} ${status ?? 'cut'} ${took} ms`;
        const fields = { method, path, status: status ?? null, milliseconds: took };
        void session.note({ name: 'request', text, fields });
      },
    }),
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
