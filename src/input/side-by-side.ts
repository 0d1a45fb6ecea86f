import type { Cutter } from './cutter.ts';
import type { Entry } from './entry.ts';
import type { Section, SectionEnd } from './section.ts';

/** Who reads sections: several at once, and each as a whole. */
export interface Readers<Result> {
  /** So many sections keep them busy. */
  readonly capacity: number;
  readonly read: (section: Section) => Promise<Result>;
}

/**
 * Has sections of an input read side by side, and takes what comes of them in their order. The entries that are left
 * to be read in turn come back: behind something that only what follows it can tell, or where nothing can be cut.
 */
export async function readSideBySide<Result extends { readonly end: SectionEnd }>(
  cutter: Cutter,
  { capacity, read }: Readers<Result>,
  take: (result: Result) => Promise<void>,
): Promise<AsyncIterable<Entry>> {
  const queue: { readonly section: Section; readonly reading: Promise<Result> }[] = [];
  let cutting: Promise<undefined> | undefined;
  let isCut = false;
  const cut = async (): Promise<undefined> => {
    const section = await cutter.next();
    cutting = undefined;
    isCut = section === undefined;
    if (section) queue.push({ section, reading: watched(read(section)) });
  };
  for (;;) {
    if (!isCut && queue.length < capacity) cutting ??= cut();
    const [oldest] = queue;
    if (!oldest && !cutting) return cutter.rest();
    const result = await Promise.race([...(oldest ? [oldest.reading] : []), ...(cutting ? [cutting] : [])]);
    if (!result || !oldest) continue;
    const { section } = oldest;
    queue.shift();
    const isRead = cutter.settle(section, result.end);
    if (isRead) await take(result);
    if (isRead && result.end.at === 'stop') continue;
    cutter.stop();
    await cutting;
    return isRead && result.end.at === 'over' ? await over(cutter) : cutter.rest();
  }
}

/** What fails is told to who waits for it, if anybody still does. */
function watched<Result>(reading: Promise<Result>): Promise<Result> {
  reading.catch(nothing);
  return reading;
}

function nothing(): undefined {
  return undefined;
}

/** No entries, and the input closed. */
async function over(cutter: Cutter): Promise<AsyncIterable<Entry>> {
  const rest = cutter.rest();
  await rest[Symbol.asyncIterator]().return?.();
  return rest;
}
