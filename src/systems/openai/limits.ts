import * as z from 'zod/mini';
import type { Kind } from '../../core/format.ts';
import { id, limitedText, openEnum, type Schema, variants } from '../../core/schema/build.ts';

/** Characters of a text, a tool's output and the like. */
export const maxText = 10_485_760;
export const maxImageUrl = 20_971_520;
export const maxFileData = 73_400_320;

/** Text whose limits bind a request only. */
export function bounded(kind: Kind, max: number, min = 0): z.ZodMiniString {
  return kind === 'request' ? limitedText(max, min) : z.string();
}

/** Text that a request must not leave empty. */
export function someText(kind: Kind): Schema {
  return kind === 'request' ? z.string().check(z.minLength(1)) : z.string();
}

/** A list whose limits bind a request only. */
export function list(kind: Kind, item: Schema, { min = 0, max }: { min?: number; max?: number }): Schema {
  const type = z.array(item);
  if (kind === 'record') return type;
  const least = min > 0 ? type.check(z.minLength(min)) : type;
  return max === undefined ? least : least.check(z.maxLength(max));
}

/** An integer whose limits bind a request only. */
export function whole(kind: Kind, min: number, max: number): Schema {
  return kind === 'request' ? z.int().check(z.minimum(min), z.maximum(max)) : z.int();
}

export const longText = (kind: Kind): z.ZodMiniString => bounded(kind, maxText);
export const callId = (kind: Kind): z.ZodMiniString => bounded(kind, 64, 1);
export const toolName = (kind: Kind): z.ZodMiniString => bounded(kind, 128, 1);
export const namespaceName = (kind: Kind): z.ZodMiniString => bounded(kind, 64, 1);

/** An id in a request is text; a record is read as the system gave it. */
export function itemId(kind: Kind): Schema {
  return kind === 'request' ? z.string() : id();
}

/** `in_progress`, `completed`, `incomplete`, and the words that some items have besides. */
export function status(...more: readonly string[]): z.ZodMiniString {
  return openEnum('in_progress', 'completed', 'incomplete', ...more);
}

/** An open union told apart by `type`. */
export function byType(table: Readonly<Record<string, () => Schema>>): ReturnType<typeof variants> {
  return variants({ discriminator: 'type', table });
}
