import * as z from 'zod/mini';
import type { Kind } from '../../core/format.ts';
import { once } from '../../core/once.ts';
import { field, nullish, object, openEnum, optional, type Schema } from '../../core/schema/build.ts';
import { contentPart, reasoningText, summaryText } from './content.ts';
import { bounded, itemId, longText } from './limits.ts';
import { anyId, anyStatus, createdBy, ownId } from './members.ts';
import { inputRoles, storedRoles } from './types.ts';

/** What is said and thought, and what was said before in short. */
export function messageTable(kind: Kind): Record<string, () => Schema> {
  return {
    message: once(() =>
      object({
        type: field(nullish(z.literal('message')), 'May be left out where there is a role.'),
        id: anyId(kind),
        role: field(openEnum(...(kind === 'record' ? storedRoles : inputRoles)), 'Who speaks.'),
        content: field(z.union([longText(kind), z.array(contentPart(kind))]), 'What was said.'),
        phase: field(
          nullish(openEnum('commentary', 'final_answer')),
          'What the text of an assistant is for.',
        ),
        status: anyStatus(),
      }),
    ),
    item_reference: once(() =>
      object({
        type: field(nullish(z.literal('item_reference')), 'May be left out.'),
        id: field(itemId(kind), 'Id of an item that exists.'),
      }),
    ),
    reasoning: once(() =>
      object({
        type: z.literal('reasoning'),
        id: ownId(kind),
        summary: field(z.array(summaryText(kind)), 'The reasoning in short.'),
        content: field(optional(z.array(reasoningText(kind))), 'The reasoning itself.'),
        encrypted_content: field(nullish(z.string()), 'The reasoning, for the eyes of OpenAI.'),
        status: anyStatus(),
      }),
    ),
    compaction: once(() =>
      object({
        type: z.literal('compaction'),
        id: anyId(kind),
        encrypted_content: field(bounded(kind, 20_971_520), 'What was said before, for the eyes of OpenAI.'),
        created_by: createdBy(),
      }),
    ),
    compaction_trigger: once(() => object({ type: z.literal('compaction_trigger'), id: anyId(kind) })),
    configuration_update: once(() =>
      object({
        type: z.literal('configuration_update'),
        id: anyId(kind),
        reasoning: field(
          optional(object({ effort: field(nullish(effort()), 'How hard to think.') })),
          'Reasoning.',
        ),
        text: field(optional(object({ format: field(optional(z.json()), 'Format of the text.') })), 'Text.'),
      }),
    ),
  };
}

const effort = () => openEnum('none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max');
