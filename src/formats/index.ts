import { Failure } from '../core/errors.ts';
import type { Format, FormatInfo, FormatName, Kind } from '../core/format.ts';
import type { JsonObject } from '../core/json.ts';
import { nearest } from '../core/nearest.ts';
import { looker264, looker2610 } from '../systems/looker/index.ts';
import { openai } from '../systems/openai/index.ts';
import { orq } from '../systems/orq/index.ts';
import { syllable } from '../systems/syllable/index.ts';
import { convo } from './convo/index.ts';

/** Every format there is. A new system is a folder and a line here. */
export const formats: readonly FormatInfo[] = [openai, orq, looker2610, looker264, syllable, convo];

/** The format of this name or alias. @throws Failure `usage`, with the nearest name, for any other word. */
export function formatNamed(word: string): FormatInfo {
  const found = formats.find((format) => format.name === word || format.aliases.includes(word));
  if (found) return found;
  const names = formats.flatMap((format) => [format.name, ...format.aliases]);
  const meant = nearest(word, names);
  throw new Failure('usage', `there is no format ${JSON.stringify(word)}`, {
    hint: meant === undefined ? `the formats are ${names.join(', ')}` : `did you mean ${meant}?`,
  });
}

/** The info of a format known by name. */
export function infoOf(name: FormatName): FormatInfo {
  return formatNamed(name);
}

/** The formats whose marks a document bears. */
export function detect(document: JsonObject): readonly FormatInfo[] {
  return formats.filter((format) => format.marks(document));
}

/** Loads formats: at once what was loaded before, as waiting for each of many records would take long. */
export function openFormats(): (info: FormatInfo) => Format | Promise<Format> {
  const loaded = new Map<FormatInfo, Format>();
  const load = async (info: FormatInfo): Promise<Format> => {
    const format = await info.load();
    loaded.set(info, format);
    return format;
  };
  return (info) => loaded.get(info) ?? load(info);
}

/** Whether a document of this format is a record or a request; a format without requests has records only. */
export function kindOf(info: FormatInfo, format: Format, document: JsonObject): Kind {
  return !format.request || info.isRecord(document) ? 'record' : 'request';
}
