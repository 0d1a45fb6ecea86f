const PRINTABLE_ASCII = /^[ -~]*$/;

/** Well-formed uses of invisible characters: flags spelled in tags, joiners, a variation selector on its base. */
const MEANT = [
  '\\u{1F3F4}[\\u{E0030}-\\u{E0039}\\u{E0061}-\\u{E007A}]{2,6}\\u{E007F}',
  '(?<!\\u200C)\\u200C',
  '(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\p{M}\\p{Lo}])\\u200D',
  '(?<=[\\p{Emoji}\\p{Lo}\\p{Sm}\\p{So}\\p{Po}])[\\uFE00-\\uFE0F\\u{E0100}-\\u{E01EF}\\u180B-\\u180D\\u180F]',
].join('|');

/** Controls, lone surrogates, line separators, and whatever is drawn as nothing or turns text around. */
const HARMFUL = '[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\uFFF9-\\uFFFB]';

const SPECIAL = new RegExp(`(${MEANT})|\\r\\n|${HARMFUL}`, 'gu');

export interface NeutraliseOptions {
  /** For text of several lines: newlines stay, CRLF becomes one; otherwise both become `⏎`. */
  readonly keepNewlines?: boolean;
}

/**
 * Text from data, made harmless for a terminal. What a terminal would obey, hide or reorder becomes a visible
 * escape as JavaScript writes it (`\x1b`, `\u{202e}`); a tab becomes spaces. Emoji, joiners and marks of
 * scripts stay. The result has no control character but the newlines asked for. Not for JSON.
 */
export function neutralise(text: string, options: NeutraliseOptions = {}): string {
  if (PRINTABLE_ASCII.test(text)) return text;
  const newline = options.keepNewlines === true ? '\n' : '⏎';
  const tab = options.keepNewlines === true ? '    ' : ' ';
  return text.replace(SPECIAL, (found: string, meant: string | undefined) => {
    if (meant !== undefined) return meant;
    if (found === '\n' || found === '\r\n') return newline;
    return found === '\t' ? tab : escape(found);
  });
}

function escape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16);
  return code < 0x100 ? `\\x${digits.padStart(2, '0')}` : `\\u{${digits}}`;
}
