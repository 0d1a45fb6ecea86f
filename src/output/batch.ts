import type { Sink } from './sink.ts';

/** A sink that gathers what is written, so that many small texts cost one call of the system. */
export interface Batch extends Sink {
  /** Passes on what was gathered. Call it before anything is said elsewhere, and at the end. */
  flush(): Promise<void>;
}

/** As much as a pipe holds on Linux. */
const ENOUGH = 65_536;

/** A batch in front of `sink`: `write` resolves at once, or once the sink has taken a full batch. */
export function openBatch(sink: Sink): Batch {
  let gathered: string[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    const text = gathered.join('');
    gathered = [];
    size = 0;
    if (text !== '') await sink.write(text);
  };
  return {
    async write(text) {
      if (typeof text !== 'string') {
        await flush();
        return sink.write(text);
      }
      gathered.push(text);
      size += text.length;
      if (size >= ENOUGH) await flush();
    },
    flush,
  };
}
