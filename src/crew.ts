import type { ConvertedSection, ConvertTask } from './commands/convert/converted.ts';
import type { ConvertPlan } from './commands/convert/converter.ts';
import type { CheckedSection } from './commands/validate/checked.ts';
import type { CheckPlan } from './commands/validate/checker.ts';
import type { CutOptions } from './input/cutter.ts';
import type { Section } from './input/section.ts';

/** The jobs that other threads can do: what each is set up with, is given, and gives back. All of it is plain data. */
export interface Jobs {
  readonly convert: {
    readonly setup: ConvertPlan;
    readonly task: ConvertTask;
    readonly result: ConvertedSection;
  };
  readonly validate: {
    readonly setup: CheckPlan;
    readonly task: Section;
    readonly result: CheckedSection;
  };
}

/** Threads with one job. */
export interface Crew<Name extends keyof Jobs> {
  /** So many tasks at once keep all of them busy. */
  readonly capacity: number;
  /** Throws what the job throws, which is no Failure, and what ends a thread. */
  readonly run: (task: Jobs[Name]['task']) => Promise<Jobs[Name]['result']>;
  readonly end: () => Promise<void>;
}

/** Where crews come from. */
export interface Crews {
  /** What is worth their while. */
  readonly cut: CutOptions;
  /** `undefined` where other threads would only take turns with this one. */
  readonly open: <Name extends keyof Jobs>(
    job: Name,
    setup: Jobs[Name]['setup'],
  ) => Promise<Crew<Name> | undefined>;
}

/** Makes ready for a job: what comes back does its tasks. */
export type OpenJob<Name extends keyof Jobs> = (
  setup: Jobs[Name]['setup'],
) => Promise<(task: Jobs[Name]['task']) => Promise<Done<Jobs[Name]['result']>>>;

export interface Done<Result> {
  readonly result: Result;
  /** Of the buffers in the result, those that need not be copied. */
  readonly moved: readonly ArrayBuffer[];
}

/** What a thread is begun with. */
export interface Hiring<Name extends keyof Jobs> {
  readonly job: Name;
  readonly setup: Jobs[Name]['setup'];
}

/** A task on its way to a thread. */
export interface Order<Name extends keyof Jobs> {
  readonly number: number;
  readonly task: Jobs[Name]['task'];
}

/** What comes back of an order. */
export type Report<Name extends keyof Jobs> =
  | { readonly number: number; readonly result: Jobs[Name]['result'] }
  | { readonly number: number; readonly error: unknown };
