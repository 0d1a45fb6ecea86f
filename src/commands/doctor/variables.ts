import type { Environment } from '../../platform/streams.ts';
import { remoteSystems } from '../../providers/systems.ts';
import type { Settings } from '../../settings.ts';

const general = [
  'CONVO_PROVIDER',
  'CONVO_DATA_DIR',
  'CONVO_CONFIG_DIR',
  'XDG_DATA_HOME',
  'XDG_CONFIG_HOME',
  'CI',
  'NO_COLOR',
  'FORCE_COLOR',
  'COLUMNS',
  'NODE_OPTIONS',
  'NODE_EXTRA_CA_CERTS',
  'NODE_TLS_REJECT_UNAUTHORIZED',
];

/** The names of those variables that are set and change what the program does: ours, Node's, the vendors', and keys. */
export function variablesThatMatter(environment: Environment, settings: Settings): readonly string[] {
  const vendors = remoteSystems.flatMap(({ variables }) => Object.values(variables).flat());
  const keys = Object.values(settings.providers ?? {}).flatMap(({ key }) =>
    key?.startsWith('env:') === true ? [key.slice('env:'.length)] : [],
  );
  return [...new Set([...general, ...vendors, ...keys])].filter((name) => (environment[name] ?? '') !== '');
}
