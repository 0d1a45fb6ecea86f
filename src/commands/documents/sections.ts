import type { Context } from '../../context.ts';
import type { Crew, Jobs } from '../../crew.ts';
import type { Entry, Input } from '../../input/records.ts';
import type { Section } from '../../input/section.ts';
import { readSideBySide } from '../../input/side-by-side.ts';

/** Threads that work on large inputs, section by section. */
export interface Sections<Name extends keyof Jobs> {
  /** Has done what is worth their while, and takes what comes of it in order. The entries that are left come back, to be read in turn. */
  readonly work: (
    input: Pick<Input, 'entries' | 'cut'>,
    options: SectionOptions<Name>,
  ) => Promise<AsyncIterable<Entry>>;
  readonly end: () => Promise<void>;
}

export interface SectionOptions<Name extends keyof Jobs> {
  readonly taskOf: (section: Section) => Jobs[Name]['task'];
  readonly take: (result: Jobs[Name]['result']) => Promise<void>;
}

/** The threads begin with the first large input, and are kept for the others. */
export function openSections<Name extends keyof Jobs>(
  { crews }: Context,
  job: Name,
  setup: Jobs[Name]['setup'],
): Sections<Name> {
  let crew: Crew<Name> | undefined;
  return {
    async work({ entries, cut }, { taskOf, take }) {
      const cutter = crews && (await cut?.(crews.cut));
      if (!cutter) return entries;
      crew ??= await crews.open(job, setup);
      if (!crew) return cutter.rest();
      const { capacity, run } = crew;
      return readSideBySide(cutter, { capacity, read: (section) => run(taskOf(section)) }, take);
    },
    end: async () => crew?.end(),
  };
}
