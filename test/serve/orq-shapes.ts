import * as z from 'zod/mini';

/** What Orq.ai's specification of conversations says of its answers, at version 4.3.20 and 4.1.3. */
const name = z.string().check(z.refine((text) => Array.from(text).length <= 100, 'at most 100 characters'));

const common = {
  _id: z.string(),
  kind: z.literal('conversation'),
  displayName: name,
  createdAt: z.number(),
  updatedAt: z.number(),
  createdById: z.optional(z.string()),
  updatedById: z.optional(z.string()),
};

/** What only the documents of the clients have: on the wire it would be a mistake. */
const neverOnTheWire = {
  id: z.optional(z.never()),
  entity_id: z.optional(z.never()),
  display_name: z.optional(z.never()),
  created_at: z.optional(z.never()),
  updated_at: z.optional(z.never()),
  project_id: z.optional(z.never()),
};

export const conversation42 = z.looseObject({
  ...neverOnTheWire,
  ...common,
  entityId: z.optional(z.never()),
  messages: z.optional(z.never()),
  metadata: z.optional(
    z.looseObject({
      generatingTitle: z.optional(z.boolean()),
      entityId: z.optional(z.nullable(z.string())),
      model: z.optional(z.nullable(z.string())),
      entity_id: z.optional(z.never()),
    }),
  ),
});

export const conversation41 = z.looseObject({
  ...neverOnTheWire,
  ...common,
  entityId: z.string(),
  messages: z.optional(z.never()),
  metadata: z.optional(
    z.looseObject({
      generatingTitle: z.optional(z.boolean()),
      entityId: z.optional(z.string()),
      model: z.optional(z.never()),
      entity_id: z.optional(z.never()),
    }),
  ),
});

const named = { mimeType: z.optional(z.string()), name: z.optional(z.string()) };
const metadata = z.optional(z.record(z.string(), z.json()));

const part = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('text'), text: z.string() }),
  z.looseObject({ kind: z.literal('error'), error: z.string(), code: z.optional(z.number()) }),
  z.looseObject({
    kind: z.literal('file'),
    file: z.union([
      z.looseObject({ ...named, bytes: z.string().check(z.minLength(1)) }),
      z.looseObject({ ...named, uri: z.string() }),
    ]),
    metadata,
  }),
  z.looseObject({
    kind: z.literal('tool_result'),
    tool_call_id: z.string().check(z.minLength(1)),
    result: z.optional(z.json()),
    metadata,
  }),
]);

const message = z.looseObject({
  _id: z.string(),
  conversationId: z.string(),
  createdAt: z.number(),
  createdById: z.string(),
  role: z.enum(['user', 'assistant']),
  parts: z.array(part),
});

export const retrieved42 = z.extend(conversation42, { messages: z.array(message) });

export const list42 = listOf(conversation42);
export const list41 = listOf(conversation41);

function listOf<T extends z.ZodMiniType>(item: T) {
  return z.looseObject({ object: z.literal('list'), data: z.array(item), has_more: z.boolean() });
}

export const messageError = z.strictObject({ message: z.string().check(z.minLength(1)) });

export const codedError = z.strictObject({
  error: z.looseObject({
    code: z.string(),
    message: z.string().check(z.minLength(1)),
    doc_url: z.optional(z.string()),
  }),
});
