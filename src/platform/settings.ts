import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../core/errors.ts';
import { isObject, type JsonObject } from '../core/json.ts';
import type { Settings } from '../settings.ts';

/** The configuration file, kept with conf: readable by its owner only, written as a whole. */
export interface SettingsFile {
  readonly path: string;
  /** Validated. No file is no settings. @throws Failure `usage` if the file cannot be used. */
  readonly read: () => Promise<Settings>;
  /** Replaces everything. */
  readonly write: (settings: JsonObject) => Promise<void>;
}

export function settingsFile(directory: string): SettingsFile {
  const path = join(directory, 'config.json');
  return {
    path,
    async read() {
      // conf is the dearest import of the program; most runs have nothing for it to read.
      if (!existsSync(path)) return {};
      const { store } = await open(directory, path);
      const { checkSettings } = await import('../settings.ts');
      return checkSettings(isObject(store) ? store : {}, path);
    },
    async write(settings) {
      const { checkSettings } = await import('../settings.ts');
      checkSettings(settings, path);
      const conf = await open(directory, path);
      try {
        conf.store = settings;
      } catch (error) {
        throw new Failure('not_allowed', `the configuration ${path} cannot be written: ${messageOf(error)}`);
      }
    },
  };
}

async function open(directory: string, path: string) {
  const { default: Conf } = await import('conf');
  try {
    return new Conf<Record<string, unknown>>({
      cwd: directory,
      configName: 'config',
      configFileMode: 0o600,
      accessPropertiesByDotNotation: false,
      clearInvalidConfig: false,
      deserialize: parseObject,
    });
  } catch (error) {
    throw new Failure('usage', `the configuration ${path} cannot be read: ${messageOf(error)}`, {
      hint: 'mend it or remove it',
    });
  }
}

/** conf would take an array or a text for no settings, and write over it. */
function parseObject(text: string): JsonObject {
  const value: unknown = JSON.parse(text);
  if (isObject(value)) return value;
  throw new Error('it is no JSON object');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
