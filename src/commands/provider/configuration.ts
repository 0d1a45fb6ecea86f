import { isObject, type JsonObject } from '../../core/json.ts';
import type { ConfiguredProvider, Settings } from '../../settings.ts';

/** Settings as they are written: the schema's type does not say that what it does not know is JSON too. */
export function asJson(settings: Settings): JsonObject {
  const value: unknown = settings;
  return isObject(value) ? value : {};
}

/** What is configured under a name; the name `local` cannot be configured. */
export function configuredAs({ providers }: Settings, name: string): ConfiguredProvider | undefined {
  if (name === 'local' || providers === undefined) return undefined;
  return Object.hasOwn(providers, name) ? providers[name] : undefined;
}
