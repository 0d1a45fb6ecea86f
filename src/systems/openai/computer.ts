import * as z from 'zod/mini';
import type { Kind } from '../../core/format.ts';
import { once } from '../../core/once.ts';
import { field, nullish, object, openEnum, optional, type Schema } from '../../core/schema/build.ts';
import { byType, callId, itemId, status } from './limits.ts';
import { createdBy } from './members.ts';

/** Use of a computer: what the model does, and the screenshot it gets back. */
export function computerTable(kind: Kind): Record<string, () => Schema> {
  return {
    computer_call: once(() =>
      object({
        type: z.literal('computer_call'),
        id: field(itemId(kind), 'Id of the item.'),
        call_id: field(callId(kind), 'Pairs the call with its output.'),
        status: field(status(), 'How far the item got.'),
        pending_safety_checks: field(z.array(safetyCheck()), 'Checks that wait to be acknowledged.'),
        action: field(optional(action()), 'What the model does.'),
        actions: field(optional(z.array(action())), 'What the model does, step by step.'),
      }),
    ),
    computer_call_output: once(() =>
      object({
        type: z.literal('computer_call_output'),
        id: field(nullish(itemId(kind)), 'Id of the item.'),
        call_id: field(callId(kind), 'The call it answers.'),
        output: field(screenshot(), 'The screen afterwards.'),
        status: field(nullish(status('failed')), 'How far the item got.'),
        acknowledged_safety_checks: field(nullish(z.array(safetyCheck())), 'Checks that were acknowledged.'),
        created_by: createdBy(),
      }),
    ),
  };
}

const safetyCheck = once(() =>
  object({
    id: field(z.string(), 'Id of the check.'),
    code: field(nullish(z.string()), 'The check as a word.'),
    message: field(nullish(z.string()), 'The check in words.'),
  }),
);

const screenshot = once(() =>
  byType({
    computer_screenshot: once(() =>
      object({
        type: z.literal('computer_screenshot'),
        image_url: field(nullish(z.string()), 'Address of the screenshot, or a data URL.'),
        file_id: field(nullish(z.string()), 'Id of an uploaded screenshot.'),
      }),
    ),
  }),
);

const x = () => field(z.int(), 'Pixels from the left.');
const y = () => field(z.int(), 'Pixels from the top.');
const held = () => field(nullish(z.array(z.string())), 'Keys held down meanwhile.');

const action = once(() =>
  byType({
    click: once(() =>
      object({
        type: z.literal('click'),
        button: field(openEnum('left', 'right', 'wheel', 'back', 'forward'), 'Button of the mouse.'),
        x: x(),
        y: y(),
        keys: held(),
      }),
    ),
    double_click: once(() => object({ type: z.literal('double_click'), x: x(), y: y(), keys: held() })),
    drag: once(() =>
      object({
        type: z.literal('drag'),
        path: field(z.array(object({ x: x(), y: y() })), 'Points on the way.'),
        keys: held(),
      }),
    ),
    keypress: once(() =>
      object({ type: z.literal('keypress'), keys: field(z.array(z.string()), 'Keys pressed together.') }),
    ),
    move: once(() => object({ type: z.literal('move'), x: x(), y: y(), keys: held() })),
    screenshot: once(() => object({ type: z.literal('screenshot') })),
    scroll: once(() =>
      object({
        type: z.literal('scroll'),
        x: x(),
        y: y(),
        scroll_x: field(z.int(), 'Pixels to the right.'),
        scroll_y: field(z.int(), 'Pixels down.'),
        keys: held(),
      }),
    ),
    type: once(() => object({ type: z.literal('type'), text: field(z.string(), 'Text typed.') })),
    wait: once(() => object({ type: z.literal('wait') })),
  }),
);
