/** The chunks of an input, of which some can be given back. */
export interface Supply extends AsyncIterator<Uint8Array> {
  /** What was taken comes next once more. */
  readonly giveBack: (chunks: readonly Uint8Array[]) => void;
}

/** A supply of chunks. It ends, and fails, as often as it is asked behind them. */
export function openSupply(chunks: AsyncIterator<Uint8Array>): Supply {
  // The next one last.
  const back: Uint8Array[] = [];
  let last: Promise<IteratorResult<Uint8Array>> | undefined;
  const fetch = async (): Promise<IteratorResult<Uint8Array>> => {
    const next = chunks.next();
    try {
      const result = await next;
      if (result.done === true) last = next;
      return result;
    } catch (error) {
      last = next;
      throw error;
    }
  };
  return {
    giveBack(taken) {
      for (const chunk of taken.toReversed()) back.push(chunk);
    },
    next() {
      const value = back.pop();
      return value === undefined ? (last ?? fetch()) : Promise.resolve({ done: false, value });
    },
    return: async () => (await chunks.return?.()) ?? { done: true, value: undefined },
  };
}
