import { Failure } from '../../core/errors.ts';
import { nearest } from '../../core/nearest.ts';
import type { Value } from './values.ts';

const flags = ['cut', 'lock'] as const;
const keys = [
  'system',
  'method',
  'path',
  'nth',
  'first',
  'every',
  'share',
  'status',
  'retry-after',
  'retry-after-ms',
  'delay',
  'body',
  'redirect',
  'at',
] as const;
const known = [...flags, ...keys];

export type Flag = (typeof flags)[number];
export type Key = (typeof keys)[number];
export type Word = Flag | Key;

/** The words of one rule. */
export interface Words {
  readonly has: (word: Word) => boolean;
  /** Undefined if the word is not there. @throws Failure `usage` for a value of another kind. */
  readonly value: <T>(key: Key, kind: Value<T>) => T | undefined;
  readonly refuse: (problem: string, hint?: string) => Failure;
}

/** @throws Failure `usage` for a word that is none, or is there twice, or lacks its value. */
export function wordsOf(rule: string): Words {
  const refuse = (problem: string, hint?: string): Failure =>
    new Failure('usage', `--fault ${JSON.stringify(rule)}: ${problem}`, hint === undefined ? {} : { hint });
  const found = new Map<Word, string>();
  for (const typed of split(rule)) {
    const [word, value] = read(typed, refuse);
    if (found.has(word)) throw refuse(`${word} is there twice`, 'give each rule a --fault of its own');
    found.set(word, value);
  }
  return {
    refuse,
    has: (word) => found.has(word),
    value: (key, kind) => {
      const text = found.get(key);
      if (text === undefined) return undefined;
      const value = kind.read(text);
      if (value === undefined) throw wrongValue(key, text, kind, refuse);
      return value;
    },
  };
}

/** At commas, but for the one in an HTTP date. */
function split(rule: string): string[] {
  if (rule.trim() === '') return [];
  return rule.split(/,(?! *\d\d [A-Z][a-z]{2} \d{4} )/).map((word) => word.trim());
}

function read(typed: string, refuse: Words['refuse']): readonly [Word, string] {
  const [, name = '', value] = /^([^=]*)(?:=(.*))?$/s.exec(typed) ?? [];
  if (typed === '') throw refuse('there is a comma without a word', 'take the comma out');
  const flag = flags.find((each) => each === name);
  if (flag !== undefined) {
    if (value === undefined) return [flag, ''];
    throw refuse(`${flag} takes no value, and ${JSON.stringify(typed)} gives it one`, `write ${flag}`);
  }
  const key = keys.find((each) => each === name);
  if (key === undefined) throw unknown(name, refuse);
  if (value === undefined || value === '') throw refuse(`${key} lacks its value`, `write ${key}=…`);
  return [key, value];
}

function unknown(word: string, refuse: Words['refuse']): Failure {
  const meant = nearest(word, known);
  return refuse(
    `there is no word ${JSON.stringify(word)}`,
    meant === undefined ? `the words are ${known.join(', ')}` : `did you mean ${meant}?`,
  );
}

function wrongValue<T>(key: Key, text: string, kind: Value<T>, refuse: Words['refuse']): Failure {
  const meant = kind.words && nearest(text, kind.words);
  return refuse(
    `${key} takes ${kind.takes}, not ${JSON.stringify(text)}`,
    meant === undefined ? undefined : `did you mean ${key}=${meant}?`,
  );
}
