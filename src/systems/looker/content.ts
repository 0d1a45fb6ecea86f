import { withExtension } from '../../core/extension.ts';
import { isObject, type JsonObject, type JsonValue, member } from '../../core/json.ts';
import type { Ledger } from '../../core/ledger.ts';
import { channelOf } from './text-type.ts';

/**
 * The content of a message, in every form that is saved in the wild: as the API sends it
 * (https://docs.cloud.google.com/gemini/docs/conversational-analytics-api/reference/rest/v1beta/Message), with
 * snake_case keys, with a bare string for a `userMessage`, as a bare `text` or `error`.
 */
export interface Saying {
  readonly part: JsonObject;
  /** Where the content says it; the parts of one text share a place. */
  readonly place: readonly string[];
  /** The members that the part says, so that nothing of them needs keeping. */
  readonly taken: readonly (readonly string[])[];
}

/** What a content says, piece by piece. Anything else in it is no part. */
export function readContent(content: JsonObject, ledger: Ledger): readonly Saying[] {
  return [
    ...['userMessage', 'user_message'].flatMap((key) => readUser(content, key, ledger)),
    ...['systemMessage', 'system_message'].flatMap((key) => readSystem(content, key, ledger)),
    ...(readText({ owner: content, key: 'text', path: ['text'] }, ledger) ?? []),
    ...(readError({ owner: content, key: 'error', path: ['error'] }, ledger) ?? []),
  ];
}

/** A member of a content. */
interface Place {
  readonly owner: JsonObject;
  readonly key: string;
  readonly path: readonly string[];
}

function readUser(content: JsonObject, key: string, ledger: Ledger): readonly Saying[] {
  const said = member(content, key);
  const place = isObject(said)
    ? { owner: said, key: 'text', path: [key, 'text'] }
    : { owner: content, key, path: [key] };
  return readString(place, ledger) ?? [];
}

function readSystem(content: JsonObject, key: string, ledger: Ledger): readonly Saying[] {
  const said = member(content, key);
  if (!isObject(said)) return readString({ owner: content, key, path: [key] }, ledger) ?? [];
  const kinds = Object.keys(said).filter((kind) => kind !== 'text' && kind !== 'error');
  return ['text', 'error', ...kinds].flatMap((kind) => {
    const place = { owner: said, key: kind, path: [key, kind] };
    const known =
      kind === 'text' ? readText(place, ledger) : kind === 'error' ? readError(place, ledger) : undefined;
    return known ?? readOther(place, ledger);
  });
}

function readString(place: Place, ledger: Ledger): readonly Saying[] | undefined {
  const { owner, key, path } = place;
  const text = member(owner, key);
  if (typeof text !== 'string') return undefined;
  const part: JsonObject = { type: 'text', text };
  ledger.origin(part, '$self', owner, key);
  ledger.origin(part, 'text', owner, key);
  return [{ part, place: path, taken: [path] }];
}

function readText(place: Place, ledger: Ledger): readonly Saying[] | undefined {
  const text = member(place.owner, place.key);
  if (!isObject(text)) return readString(place, ledger);
  const list = member(text, 'parts');
  const strings = stringsOf(list);
  if (!Array.isArray(list) || !strings || strings.length === 0) return undefined;
  const typeKey = Object.hasOwn(text, 'textType') ? 'textType' : 'text_type';
  const type = member(text, typeKey);
  const isOnlyType = typeKey === 'textType' && !Object.hasOwn(text, 'text_type');
  const taken = [[...place.path, 'parts'], ...(isOnlyType ? [[...place.path, 'textType']] : [])];
  return strings.map((each, index) => {
    const part: JsonObject = { type: 'text', text: each, ...textTypeOf(type) };
    ledger.origin(part, '$self', list, index);
    ledger.origin(part, 'text', list, index);
    ledger.origin(part, 'channel', text, typeKey);
    const { extensions } = part;
    if (isObject(extensions) && isObject(extensions['looker'])) {
      ledger.origin(extensions['looker'], 'textType', text, typeKey);
    }
    return { part, place: [...place.path, 'parts'], taken };
  });
}

function stringsOf(list: JsonValue | undefined): string[] | undefined {
  if (!Array.isArray(list)) return undefined;
  const strings = list.filter((item) => typeof item === 'string');
  return strings.length === list.length ? strings : undefined;
}

/** The channel that a type of text stands for; a type that stands for none is kept as it is. */
function textTypeOf(type: JsonValue | undefined): JsonObject {
  if (type === undefined) return {};
  const channel = channelOf(type);
  return channel === undefined ? withExtension('looker', { textType: type }) : { channel };
}

function readError(place: Place, ledger: Ledger): readonly Saying[] | undefined {
  const { owner, key, path } = place;
  const error = member(owner, key);
  if (typeof error === 'string') {
    const part: JsonObject = { type: 'error', text: error };
    ledger.origin(part, '$self', owner, key);
    ledger.origin(part, 'text', owner, key);
    return [{ part, place: path, taken: [path] }];
  }
  if (!isObject(error)) return undefined;
  const textKey = ['text', 'message'].find((name) => typeof member(error, name) === 'string');
  if (textKey === undefined) return undefined;
  const code = member(error, 'code');
  const hasCode = typeof code === 'string' || typeof code === 'number';
  const part: JsonObject = { type: 'error', text: member(error, textKey) ?? '', ...(hasCode && { code }) };
  ledger.origin(part, '$self', owner, key);
  ledger.origin(part, 'text', error, textKey);
  ledger.origin(part, 'code', error, 'code');
  const textPlace = [...path, textKey];
  return [{ part, place: textPlace, taken: [textPlace, ...(hasCode ? [[...path, 'code']] : [])] }];
}

/** Data, charts, analyses and kinds yet to come; numbers and the like beside them say nothing of their own. */
function readOther({ owner, key, path }: Place, ledger: Ledger): readonly Saying[] {
  const value = member(owner, key);
  if (typeof value !== 'object' || value === null) return [];
  const part: JsonObject = { type: 'other', format: 'looker', kind: key, value };
  ledger.origin(part, '$self', owner, key);
  ledger.origin(part, 'value', owner, key);
  return [{ part, place: path, taken: [path] }];
}
