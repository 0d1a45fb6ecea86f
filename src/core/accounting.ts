import { isBare, type JsonArray, type JsonObject, type JsonValue, member, pointerStep } from './json.ts';
import { type KeyMap, valueOf } from './key-map.ts';

/**
 * - `dropped`: the output does not have the value;
 * - `narrowed`: the output has it with less detail;
 * - `assigned`: the system that takes the output sets its own (ids, times).
 */
export type LossKind = 'dropped' | 'narrowed' | 'assigned';

/** A value of the input that the output does not carry. */
export interface Loss {
  /** JSON pointer into the input, at the highest subtree that is wholly affected. */
  readonly path: string;
  readonly kind: LossKind;
  readonly reason: string;
}

export type Container = JsonObject | JsonArray;
export type Key = string | number;

/** What was said of a value. */
export type Mark =
  | { readonly as: 'carried' | 'implied' }
  | { readonly as: LossKind | 'reduced'; readonly reason: string };

/** All that was said of a document. */
export interface Marks {
  readonly marks: ReadonlyMap<Container, KeyMap<Mark>>;
  /** What is said of all that has no mark. */
  readonly rest: Mark | undefined;
}

/** What a document loses: what nobody said to be carried, at the highest subtree that is wholly affected. */
export function account(document: JsonObject, otherwise: string, { marks, rest }: Marks): Loss[] {
  // Losses inside a value are taken back where all of it is lost.
  const losses: Loss[] = [];

  /** Whether anything of the value at `path` was kept. */
  function visit(value: JsonValue, path: string, mark: Mark | undefined, inherited: string): boolean {
    return typeof value === 'object' && value !== null
      ? judgeContainer(value, path, mark, inherited)
      : judgeLeaf(path, mark, inherited);
  }

  function judgeLeaf(path: string, mark: Mark | undefined, inherited: string): boolean {
    if (mark?.as === 'assigned') losses.push({ path, kind: 'assigned', reason: mark.reason });
    else if (mark?.as === 'narrowed' || mark?.as === 'reduced')
      losses.push({ path, kind: 'narrowed', reason: mark.reason });
    else losses.push({ path, kind: 'dropped', reason: reasonIn(mark) ?? inherited });
    return mark?.as === 'narrowed';
  }

  function judgeContainer(
    value: Container,
    path: string,
    mark: Mark | undefined,
    inherited: string,
  ): boolean {
    if (mark?.as === 'assigned') return judgeLeaf(path, mark, inherited);
    const before = losses.length;
    if (mark?.as === 'narrowed') losses.push({ path, kind: 'narrowed', reason: mark.reason });
    const isKept = visitMembers(value, path, mark?.as === 'dropped' ? mark.reason : inherited);
    if (isKept || mark?.as === 'narrowed') return true;
    // What a writer refused is gone, even if all of it went without saying.
    if (losses.length === before && mark?.as !== 'dropped') return false;
    const inside = losses.splice(before);
    losses.push({ path, kind: kindOf(inside), reason: reasonIn(mark) ?? reasonOf(inside, inherited) });
    return false;
  }

  function visitMembers(container: Container, path: string, inherited: string): boolean {
    const known = marks.get(container);
    let isKept = false;
    if (Array.isArray(container)) {
      for (let index = 0; index < container.length; index++) {
        isKept = look(container[index] ?? null, index, known, path, inherited) || isKept;
      }
      return isKept;
    }
    for (const key of Object.keys(container)) {
      isKept = look(member(container, key) ?? null, key, known, path, inherited) || isKept;
    }
    return isKept;
  }

  function look(
    value: JsonValue,
    key: Key,
    known: KeyMap<Mark> | undefined,
    path: string,
    inherited: string,
  ): boolean {
    const mark = (known && valueOf(known, key)) ?? rest;
    if (mark?.as === 'carried') return true;
    if (mark?.as === 'implied' || isEmpty(value)) return false;
    return visit(value, path + pointerStep(key), mark, inherited);
  }

  visitMembers(document, '', otherwise);
  return losses;
}

/** Null and empty containers say nothing that could be lost. */
function isEmpty(value: JsonValue): boolean {
  if (typeof value !== 'object') return false;
  if (value === null) return true;
  return Array.isArray(value) ? value.length === 0 : isBare(value);
}

function kindOf(losses: readonly Loss[]): LossKind {
  return losses.length > 0 && losses.every((loss) => loss.kind === 'assigned') ? 'assigned' : 'dropped';
}

/** The one reason that all have. */
function reasonOf(losses: readonly Loss[], otherwise: string): string {
  const reason = losses[0]?.reason;
  return reason !== undefined && losses.every((loss) => loss.reason === reason) ? reason : otherwise;
}

function reasonIn(mark: Mark | undefined): string | undefined {
  return mark && 'reason' in mark ? mark.reason : undefined;
}
