import { lookerRemote } from '../systems/looker/client/index.ts';
import { openaiRemote } from '../systems/openai/client/index.ts';
import { orqRemote } from '../systems/orq/client/index.ts';
import { syllableRemote } from '../systems/syllable/client/index.ts';
import type { RemoteSystem } from './remote.ts';

/** Every system that can be talked to. A new one is a folder and a line here. */
export const remoteSystems: readonly RemoteSystem[] = [openaiRemote, orqRemote, lookerRemote, syllableRemote];
