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
  /** What was said of the members of a container; `undefined` if nothing was. */
  readonly of: (container: Container) => KeyMap<Mark> | undefined;
  /** What is said of all that has no mark. */
  readonly rest: Mark | undefined;
}

/** What a document loses: what nobody said to be carried, at the highest subtree that is wholly affected. */
export function account(document: JsonObject, otherwise: string, marks: Marks, trail: Trail): Loss[] {
  const walk: Walk = { marks, path: [], trail, losses: [] };
  visitMembers(walk, document, otherwise);
  return walk.losses;
}

/** The way to the last loss, and the pointer to each place on it: the next document often loses the same. */
export interface Trail {
  readonly keys: Key[];
  readonly pointers: string[];
}

/** Where in the document we are, and what was lost before. */
interface Walk {
  readonly marks: Marks;
  readonly path: Key[];
  readonly trail: Trail;
  /** Losses inside a value are taken back where all of it is lost. */
  readonly losses: Loss[];
}

/** Whether anything of a container was kept. */
function visitMembers(walk: Walk, container: Container, inherited: string): boolean {
  const known = walk.marks.of(container);
  let isKept = false;
  if (Array.isArray(container)) {
    for (let index = 0; index < container.length; index++) {
      isKept = visit(walk, container[index] ?? null, index, known, inherited) || isKept;
    }
    return isKept;
  }
  for (const key in container) {
    isKept = visit(walk, member(container, key) ?? null, key, known, inherited) || isKept;
  }
  return isKept;
}

function visit(
  walk: Walk,
  value: JsonValue,
  key: Key,
  known: KeyMap<Mark> | undefined,
  inherited: string,
): boolean {
  const mark = (known && valueOf(known, key)) ?? walk.marks.rest;
  if (mark?.as === 'carried') return true;
  if (mark?.as === 'implied' || isEmpty(value)) return false;
  walk.path.push(key);
  const isKept =
    typeof value === 'object' && value !== null
      ? judgeContainer(walk, value, mark, inherited)
      : judgeLeaf(walk, mark, inherited);
  walk.path.pop();
  return isKept;
}

function judgeLeaf(walk: Walk, mark: Mark | undefined, inherited: string): boolean {
  if (mark?.as === 'assigned') lose(walk, 'assigned', mark.reason);
  else if (mark?.as === 'narrowed' || mark?.as === 'reduced') lose(walk, 'narrowed', mark.reason);
  else lose(walk, 'dropped', reasonIn(mark) ?? inherited);
  return mark?.as === 'narrowed';
}

function judgeContainer(walk: Walk, value: Container, mark: Mark | undefined, inherited: string): boolean {
  if (mark?.as === 'assigned') return judgeLeaf(walk, mark, inherited);
  const { losses } = walk;
  const before = losses.length;
  if (mark?.as === 'narrowed') lose(walk, 'narrowed', mark.reason);
  const isKept = visitMembers(walk, value, mark?.as === 'dropped' ? mark.reason : inherited);
  if (isKept || mark?.as === 'narrowed') return true;
  // What a writer refused is gone, even if all of it went without saying.
  if (losses.length === before && mark?.as !== 'dropped') return false;
  const inside = losses.splice(before);
  lose(walk, kindOf(inside), reasonIn(mark) ?? reasonOf(inside, inherited));
  return false;
}

function lose(walk: Walk, kind: LossKind, reason: string): void {
  walk.losses.push({ path: pointerTo(walk), kind, reason });
}

function pointerTo({ path, trail: { keys, pointers } }: Walk): string {
  let same = 0;
  while (same < path.length && same < keys.length && keys[same] === path[same]) same++;
  if (same < path.length) keys.length = same;
  let pointer = same === 0 ? '' : (pointers[same - 1] ?? '');
  for (let at = same; at < path.length; at++) {
    const key = path[at] ?? '';
    pointer += pointerStep(key);
    keys.push(key);
    pointers[at] = pointer;
  }
  return pointer;
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
