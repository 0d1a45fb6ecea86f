import * as z from 'zod/mini';
import type { Kind } from '../../core/format.ts';
import { once } from '../../core/once.ts';
import { field, nullish, object, openEnum, optional, type Schema } from '../../core/schema/build.ts';
import { bounded, byType, callId, itemId, longText, maxText, status } from './limits.ts';
import { anyId, anyStatus, caller, createdBy } from './members.ts';

/** Shells and patches: calls that someone else carries out. */
export function shellTable(kind: Kind): Record<string, () => Schema> {
  return { ...localShellTable(kind), ...hostedShellTable(kind), ...patchTable(kind) };
}

const call = (kind: Kind) => field(callId(kind), 'Pairs the call with its output.');

function localShellTable(kind: Kind): Record<string, () => Schema> {
  return {
    local_shell_call: once(() =>
      object({
        type: z.literal('local_shell_call'),
        id: field(itemId(kind), 'Id of the item.'),
        call_id: call(kind),
        status: field(status(), 'How far the item got.'),
        action: field(execution(), 'The command to run.'),
      }),
    ),
    local_shell_call_output: once(() =>
      object({
        type: z.literal('local_shell_call_output'),
        id: anyId(kind),
        call_id: field(nullish(callId(kind)), 'The call it answers.'),
        output: field(longText(kind), 'Text holding JSON.'),
        status: anyStatus(),
      }),
    ),
  };
}

const execution = once(() =>
  byType({
    exec: once(() =>
      object({
        type: z.literal('exec'),
        command: field(z.array(z.string()), 'Program and arguments.'),
        env: field(z.record(z.string(), z.string()), 'Environment variables.'),
        timeout_ms: field(nullish(z.int()), 'How long it may take, in milliseconds.'),
        working_directory: field(nullish(z.string()), 'Where it runs.'),
        user: field(nullish(z.string()), 'Who it runs as.'),
      }),
    ),
  }),
);

function hostedShellTable(kind: Kind): Record<string, () => Schema> {
  return {
    shell_call: once(() =>
      object({
        type: z.literal('shell_call'),
        id: anyId(kind),
        call_id: call(kind),
        action: field(shellAction(), 'The commands to run.'),
        status: anyStatus(),
        environment: field(nullish(environment()), 'Where they run.'),
        caller: caller(),
        created_by: createdBy(),
      }),
    ),
    shell_call_output: once(() =>
      object({
        type: z.literal('shell_call_output'),
        id: anyId(kind),
        call_id: field(callId(kind), 'The call it answers.'),
        output: field(z.array(shellOutput(kind)), 'What each command gave back.'),
        status: anyStatus(),
        max_output_length: field(nullish(z.int()), 'Most characters of output.'),
        caller: caller(),
        created_by: createdBy(),
      }),
    ),
  };
}

const shellAction = once(() =>
  object({
    commands: field(z.array(z.string()), 'The commands.'),
    timeout_ms: field(nullish(z.int()), 'How long they may take, in milliseconds.'),
    max_output_length: field(nullish(z.int()), 'Most characters of output.'),
  }),
);

/** Where the commands of a shell may run, for calls as for tools. */
export const environmentTable: Readonly<Record<string, () => Schema>> = {
  local: once(() =>
    object({ type: z.literal('local'), skills: field(optional(z.array(skill())), 'Skills at hand.') }),
  ),
  container_reference: once(() =>
    object({
      type: z.literal('container_reference'),
      container_id: field(z.string(), 'Id of the container.'),
    }),
  ),
};

const environment = once(() => byType(environmentTable));

const skill = once(() =>
  object({
    name: field(z.string(), 'Name of the skill.'),
    description: field(z.string(), 'What it is for.'),
    path: field(z.string(), 'Where it is.'),
  }),
);

function shellOutput(kind: Kind): Schema {
  return object({
    stdout: field(longText(kind), 'Standard output.'),
    stderr: field(longText(kind), 'Standard error.'),
    outcome: field(outcome(), 'How it ended.'),
    created_by: createdBy(),
  });
}

const outcome = once(() =>
  byType({
    timeout: once(() => object({ type: z.literal('timeout') })),
    exit: once(() => object({ type: z.literal('exit'), exit_code: field(z.int(), 'Exit code.') })),
  }),
);

function patchTable(kind: Kind): Record<string, () => Schema> {
  return {
    apply_patch_call: once(() =>
      object({
        type: z.literal('apply_patch_call'),
        id: anyId(kind),
        call_id: call(kind),
        status: field(openEnum('in_progress', 'completed'), 'How far the item got.'),
        operation: field(operation(kind), 'The change to a file.'),
        caller: caller(),
        created_by: createdBy(),
      }),
    ),
    apply_patch_call_output: once(() =>
      object({
        type: z.literal('apply_patch_call_output'),
        id: anyId(kind),
        call_id: field(callId(kind), 'The call it answers.'),
        status: field(openEnum('completed', 'failed'), 'Whether the change was made.'),
        output: field(nullish(longText(kind)), 'What was said of it.'),
        caller: caller(),
        created_by: createdBy(),
      }),
    ),
  };
}

function operation(kind: Kind): Schema {
  const path = () => field(bounded(kind, maxText, 1), 'Path of the file.');
  const diff = () => field(longText(kind), 'The change as a diff.');
  return byType({
    create_file: once(() => object({ type: z.literal('create_file'), path: path(), diff: diff() })),
    update_file: once(() => object({ type: z.literal('update_file'), path: path(), diff: diff() })),
    delete_file: once(() => object({ type: z.literal('delete_file'), path: path() })),
  });
}
