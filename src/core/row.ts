import { type Address, addressOf, type Path } from './address.ts';
import type { Codec } from './codec.ts';

/** One field of the model and the member that says the same in a format, declared once and read in both directions. */
export interface Row extends Traits {
  readonly model: Address;
  /** Where the format may have it; it is written to the first. */
  readonly native: readonly Address[];
  readonly codec: Codec;
}

interface Traits {
  /** True where both the model and the format allow null. */
  readonly nullable: boolean;
  /** True if a system that takes a request sets it itself, so that a request does not have it. */
  readonly assigned: boolean;
}

/** The row of the model's field at `model`; `native` is a key, or a path of several, and `also` the other places. */
export function rowOf(
  model: Path,
  native: string | Path,
  codec: Codec,
  {
    also = [],
    nullable = false,
    assigned = false,
  }: Partial<Traits> & { readonly also?: readonly Path[] } = {},
): Row {
  const first = typeof native === 'string' ? [native] : native;
  return { model: addressOf(model), native: [first, ...also].map(addressOf), codec, nullable, assigned };
}
