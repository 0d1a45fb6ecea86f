import { looker264Server, looker2610Server } from '../systems/looker/server/index.ts';
import { openaiServer } from '../systems/openai/server/index.ts';
import { orq41Server, orqServer } from '../systems/orq/server/index.ts';
import { syllableServer } from '../systems/syllable/server/index.ts';
import type { ServedSystem } from './system.ts';

/** Every HTTP interface that can be served. A new system is a folder and a line here. */
export const servedSystems: readonly ServedSystem[] = [
  openaiServer,
  orqServer,
  orq41Server,
  looker2610Server,
  looker264Server,
  syllableServer,
];
