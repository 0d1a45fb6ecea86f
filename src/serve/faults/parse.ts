import { servedSystems } from '../systems.ts';
import type { FaultAction, FaultRule, Spoiling, Which } from './rule.ts';
import { delay, method, oneOf, origin, path, retryAfter, share, wholeNumber } from './values.ts';
import { type Word, type Words, wordsOf } from './words.ts';

const choosers = ['nth', 'first', 'every', 'share'] as const;
const actions = ['status', 'cut', 'lock', 'body', 'redirect'] as const;
const moments = ['before', 'after'] as const;
const spoilings: readonly Spoiling[] = ['truncated', 'text', 'empty'];
const served = servedSystems.map(({ name }) => name);

/** Never locked: nothing is written. */
const READING: ReadonlySet<string | undefined> = new Set(['GET', 'HEAD']);

/**
 * A rule as `--fault` takes it.
 * @throws Failure `usage` that names the rule and its word for a word that is none, a wrong value, and words that
 * cannot be together.
 */
export function parseFault(text: string): FaultRule {
  const words = wordsOf(text);
  refuseClashes(words);
  const rule: FaultRule = {
    text,
    system: words.value('system', oneOf(served)),
    method: words.value('method', method),
    path: words.value('path', path),
    which: whichOf(words),
    delay: words.value('delay', delay),
    action: actionOf(words),
    at: words.value('at', oneOf(moments)) ?? 'before',
  };
  if (rule.action?.kind === 'lock' && READING.has(rule.method)) {
    throw words.refuse(`lock never happens to ${rule.method}`, 'leave method out, or take POST');
  }
  return rule;
}

function refuseClashes(words: Words): void {
  const present = <T extends Word>(among: readonly T[]): T[] => among.filter((word) => words.has(word));
  const chosen = present(choosers);
  if (chosen.length > 1) {
    throw words.refuse(`${chosen.join(' and ')} both choose among the requests`, 'keep one of them');
  }
  const done = present(actions);
  if (done.length > 1) {
    throw words.refuse(`${done.join(' and ')} cannot happen together`, 'give each a --fault of its own');
  }
  if (done.length === 0 && !words.has('delay')) {
    throw words.refuse('it says nothing that is to happen', `add ${actions.join(', ')} or delay`);
  }
  const [waiting] = present(['retry-after', 'retry-after-ms']);
  if (waiting !== undefined && !words.has('status')) {
    throw words.refuse(`${waiting} needs a status to go with`, 'add status=429');
  }
  if (words.has('at') && words.has('body')) {
    throw words.refuse('at has no effect on body, which is always that of the answer', 'leave at out');
  }
}

function whichOf(words: Words): Which {
  const part = words.value('share', share);
  if (part) return { kind: 'share', share: part };
  for (const kind of ['nth', 'first', 'every'] as const) {
    const number = words.value(kind, wholeNumber(1));
    if (number !== undefined) return { kind, number };
  }
  return { kind: 'all' };
}

function actionOf(words: Words): FaultAction | undefined {
  if (words.has('cut')) return { kind: 'cut' };
  if (words.has('lock')) return { kind: 'lock' };
  const body = words.value('body', oneOf(spoilings));
  if (body) return { kind: 'body', body };
  const elsewhere = words.value('redirect', origin);
  if (elsewhere !== undefined) return { kind: 'redirect', origin: elsewhere };
  const status = words.value('status', wholeNumber(400, 599));
  if (status === undefined) return undefined;
  const after = words.value('retry-after', retryAfter);
  const milliseconds = words.value('retry-after-ms', wholeNumber(0));
  const headers = {
    ...(after !== undefined && { 'retry-after': after }),
    ...(milliseconds !== undefined && { 'retry-after-ms': String(milliseconds) }),
  };
  return { kind: 'status', status, headers };
}
