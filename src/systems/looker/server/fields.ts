import { isObject, type JsonObject, type JsonValue, member, setMember } from '../../../core/json.ts';

/** The members that were asked for, each with those asked for inside it; `whole` leaves nothing out. */
export type Selection = Members | 'whole';

type Members = Map<string, Selection>;

/**
 * Reads the parameter `fields`: names with commas between them, a name's own members in parentheses behind it
 * (`id,messages(id,type)`). Undefined if it cannot be read.
 */
export function parseFields(text: string): Selection | undefined {
  const root: Members = new Map();
  const open = [root];
  let last = ',';
  for (const token of tokensOf(text)) {
    const members = open.at(-1);
    if (!members || !mayFollow(token, last)) return undefined;
    if (isName(last)) enter(members, last, token, open);
    if (token === ')') open.pop();
    last = token;
  }
  return last === END && open.length === 1 ? root : undefined;
}

/** A value with the members that were asked for; of an array, each element. Names that it lacks are ignored. */
export function select(value: JsonValue, selection: Selection): JsonValue {
  if (selection === 'whole') return value;
  if (Array.isArray(value)) return value.map((item) => select(item, selection));
  if (!isObject(value)) return value;
  const selected: JsonObject = {};
  for (const [name, inner] of selection) {
    const present = member(value, name);
    if (present !== undefined) setMember(selected, name, select(present, inner));
  }
  return selected;
}

/** Stands for the end of the text among the tokens. */
const END = '';

function tokensOf(text: string): string[] {
  const tokens = text.match(/[(),]|[^(),]+/g) ?? [];
  return [...tokens.map((token) => token.trim()).filter((token) => token !== ''), END];
}

function isName(token: string): boolean {
  return !['(', ')', ',', END].includes(token);
}

/** A name stands at the beginning, and behind a comma or an opening parenthesis, and nothing else does. */
function mayFollow(token: string, last: string): boolean {
  if (isName(token) || last === ',' || last === '(') return isName(token) && (last === ',' || last === '(');
  return token !== '(' || isName(last);
}

/** What is asked for twice is given once, with all that was asked for in it. */
function enter(members: Members, name: string, next: string, open: Members[]): void {
  if (next !== '(') {
    members.set(name, 'whole');
    return;
  }
  const known = members.get(name);
  const inner: Members = known instanceof Map ? known : new Map();
  if (known === undefined) members.set(name, inner);
  open.push(inner);
}
