import type { Kind } from '../../core/format.ts';
import { once } from '../../core/once.ts';
import { type Schema, variants } from '../../core/schema/build.ts';
import { callTable } from './calls.ts';
import { computerTable } from './computer.ts';
import { hostedTable } from './hosted.ts';
import { messageTable } from './messages.ts';
import { remoteTable } from './remote.ts';
import { shellTable } from './shell.ts';
import { searchTable } from './tools.ts';
import { itemTypeOf } from './types.ts';

/**
 * An item in the form it is sent or stored in; what either form may leave out may be absent. Limits bind a
 * request only.
 */
export function itemSchema(kind: Kind): Schema {
  return byKind[kind]();
}

const byKind = { record: once(() => build('record')), request: once(() => build('request')) };

function build(kind: Kind): Schema {
  return variants({
    discriminator: 'type',
    table: {
      ...messageTable(kind),
      ...callTable(kind),
      ...searchTable(kind),
      ...remoteTable(kind),
      ...hostedTable(kind),
      ...computerTable(kind),
      ...shellTable(kind),
    },
    choose: itemTypeOf,
  });
}
