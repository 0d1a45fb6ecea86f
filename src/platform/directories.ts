import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from './streams.ts';

/** The directories this program keeps things in. `CONVO_DATA_DIR` and `CONVO_CONFIG_DIR` override the platform. */
export interface Directories {
  readonly data: string;
  readonly config: string;
}

export function directories(environment: Environment, platform: NodeJS.Platform): Directories {
  const own = { data: environment['CONVO_DATA_DIR'], config: environment['CONVO_CONFIG_DIR'] };
  const usual = platformDirectories(environment, platform);
  return { data: own.data || usual.data, config: own.config || usual.config };
}

function platformDirectories(environment: Environment, platform: NodeJS.Platform): Directories {
  const home = homedir();
  if (platform === 'darwin') {
    const library = join(home, 'Library');
    return {
      data: join(library, 'Application Support', 'convo'),
      config: join(library, 'Preferences', 'convo'),
    };
  }
  if (platform === 'win32') {
    const local = environment['LOCALAPPDATA'] || join(home, 'AppData', 'Local');
    const roaming = environment['APPDATA'] || join(home, 'AppData', 'Roaming');
    return { data: join(local, 'convo', 'Data'), config: join(roaming, 'convo', 'Config') };
  }
  return {
    data: join(absolute(environment['XDG_DATA_HOME']) ?? join(home, '.local', 'share'), 'convo'),
    config: join(absolute(environment['XDG_CONFIG_HOME']) ?? join(home, '.config'), 'convo'),
  };
}

/** The XDG specification has relative paths ignored: https://specifications.freedesktop.org/basedir-spec/latest/ */
function absolute(path: string | undefined): string | undefined {
  return path?.startsWith('/') ? path : undefined;
}
