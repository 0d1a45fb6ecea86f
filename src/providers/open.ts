import type { Context } from '../context.ts';
import { Failure } from '../core/errors.ts';
import { nearest } from '../core/nearest.ts';
import { openLocal } from './local.ts';
import type { Provider } from './provider.ts';

/**
 * The provider that the command line, else `CONVO_PROVIDER`, else the configuration names; else the local store.
 * @throws Failure `usage` if there is none of that name.
 */
export async function openProvider(context: Context, named: string | undefined): Promise<Provider> {
  const said = named ?? (context.environment['CONVO_PROVIDER'] || undefined);
  if (said === 'local') return openStoreIn(context, 'local', context.dataDirectory);
  const settings = await (await context.settings()).read();
  const name = said ?? settings.provider ?? 'local';
  if (name === 'local') return openStoreIn(context, name, context.dataDirectory);
  const providers = settings.providers ?? {};
  const configured = Object.hasOwn(providers, name) ? providers[name] : undefined;
  if (!configured) throw unknownProvider(name, ['local', ...Object.keys(providers)]);
  return openStoreIn(context, name, configured.dir ?? context.dataDirectory);
}

async function openStoreIn(context: Context, name: string, directory: string): Promise<Provider> {
  return openLocal({ name, directory, host: await context.storeHost(), world: context.world });
}

function unknownProvider(name: string, known: readonly string[]): Failure {
  const meant = nearest(name, known);
  return new Failure('usage', `there is no provider ${JSON.stringify(name)}`, {
    hint:
      meant === undefined
        ? `the providers are ${known.join(', ')}; see \`convo config set --help\` to add one`
        : `did you mean ${meant}?`,
  });
}
