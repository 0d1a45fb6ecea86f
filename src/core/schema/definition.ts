import type * as z from 'zod/mini';
import type { JsonPrimitive } from '../json.ts';
import type { Schema } from './build.ts';

/** What the schema library keeps of a schema, as far as this program uses it; its classes share it. */
export interface Definition {
  readonly type: string;
  readonly innerType?: Schema;
  readonly getter?: () => Schema;
  readonly shape?: Record<string, Schema>;
  readonly catchall?: Schema;
  readonly element?: Schema;
  readonly keyType?: Schema;
  readonly valueType?: Schema;
  readonly options?: readonly Schema[];
  readonly values?: readonly JsonPrimitive[];
  readonly entries?: Readonly<Record<string, string>>;
  /** Of a number: `safeint`; of a string: its form. */
  readonly format?: string;
  readonly checks?: readonly Check[] | undefined;
}

/** A check pushes an issue where it finds one. `when` says whether it has anything to look at. */
export interface Check {
  readonly _zod: {
    readonly def: { readonly when?: ((payload: z.core.ParsePayload) => boolean) | undefined };
    check(payload: z.core.ParsePayload): unknown;
  };
}

/** The one way into a schema: whoever wants to know what it says asks for this, or for `describe`. */
export function definitionOf(schema: z.ZodMiniType): Definition {
  return schema._zod.def;
}
