import type { ServedName } from '../system.ts';
import type { FaultRule, Which } from './rule.ts';

/** What rules look at. */
export interface Asked {
  readonly system: ServedName;
  readonly method: string;
  /** Below the system's own path, without the query. */
  readonly path: string;
}

/**
 * Tells which rule each request fires, if any: the first that does. Every rule counts each request it is about,
 * whichever wins.
 */
export function chooser(rules: readonly FaultRule[]): (asked: Asked) => FaultRule | undefined {
  const armed = rules.map((rule) => ({ rule, about: matcher(rule), due: counter(rule.which) }));
  return (asked) => {
    let first: FaultRule | undefined;
    for (const { rule, about, due } of armed) if (about(asked) && due()) first ??= rule;
    return first;
  };
}

function matcher({ system, method, path, action }: FaultRule): (asked: Asked) => boolean {
  const pattern = path === undefined ? undefined : patternOf(path);
  const writesOnly = action?.kind === 'lock';
  return (asked) =>
    (system === undefined || asked.system === system) &&
    (method === undefined || asked.method === method) &&
    (pattern === undefined || pattern.test(asked.path)) &&
    !(writesOnly && (asked.method === 'GET' || asked.method === 'HEAD'));
}

/** `*` is anything but a slash, `**` anything at all. */
function patternOf(glob: string): RegExp {
  const source = glob
    .split(/(\*+)/)
    .map((piece, index) => {
      if (index % 2 === 1) return piece.length === 1 ? '[^/]*' : '.*';
      return piece.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
  return new RegExp(`^${source}$`, 's');
}

/** Counts a request each time it is called, and says whether that one is meant. */
function counter(which: Which): () => boolean {
  if (which.kind === 'all') return () => true;
  if (which.kind === 'share') {
    const { parts, of } = which.share;
    let owed = 0;
    return () => {
      owed += parts;
      if (owed < of) return false;
      owed -= of;
      return true;
    };
  }
  const { kind, number } = which;
  let count = 0;
  return () => {
    count += 1;
    if (kind === 'nth') return count === number;
    return kind === 'first' ? count <= number : count % number === 0;
  };
}
