const PRINTABLE_ASCII = /^[ -~]*$/;

/** What makes several code points one picture: joiners, the emoji selector, flag letters, skin tones. */
const COMPOSED = /\u200D|\uFE0F|\p{Regional_Indicator}|\p{Emoji_Modifier}/u;
const PICTURE =
  /^(?:\p{Regional_Indicator}{2}|\p{Emoji}\uFE0F|\p{Emoji_Modifier_Base}\p{Emoji_Modifier}|\p{Extended_Pictographic}.*\u200D\p{Extended_Pictographic})/su;
const PICTOGRAPH = /^\p{Emoji_Presentation}$/u;
const WIDTHLESS = /^[\p{Mn}\p{Me}\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u1160-\u11FF\uD7B0-\uD7FF]$/u;

/**
 * First and last code points of East Asian Width W and F, but for what is emoji by presentation.
 * https://www.unicode.org/Public/UCD/latest/ucd/EastAsianWidth.txt
 */
const WIDE = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3041, 0x3247],
  [0x3250, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18dff],
  [0x1aff0, 0x1b2ff],
  [0x1f200, 0x1f265],
  [0x1fa70, 0x1faff],
  [0x20000, 0x3fffd],
] as const;

/** The text's columns on a terminal. It is taken to be neutralised and not yet styled. */
export function displayWidth(text: string): number {
  if (PRINTABLE_ASCII.test(text)) return text.length;
  if (!COMPOSED.test(text)) return sumOfCodePoints(text);
  let width = 0;
  for (const cluster of graphemes(text)) width += clusterWidth(cluster);
  return width;
}

/** The text if it fits into `width` columns, else its beginning and `…`. Never splits a grapheme. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  if (width < 1) return '';
  return `${breakWord(text, width - 1, width - 1)[0] ?? ''}…`;
}

/**
 * The lines of the text, each at most `width` columns (a single wider grapheme gets its own line). Breaks at
 * spaces, and within words that are longer than a line; spaces at the start of a line stay. At least one line.
 */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, Math.max(width, 1)));
}

function wrapLine(line: string, width: number): string[] {
  if (displayWidth(line) <= width) return [line.trimEnd()];
  const lines: string[] = [];
  let current = '';
  // Words at even places, the spaces between them at odd ones; a line that begins with spaces begins with ''.
  const tokens = line.split(/( +)/);
  for (let index = 0; index < tokens.length; index += 2) {
    const word = tokens[index] ?? '';
    const gap = tokens[index - 1] ?? '';
    const room = width - displayWidth(current) - gap.length;
    const wordWidth = displayWidth(word);
    if (wordWidth <= room) current += gap + word;
    else if (wordWidth <= width) {
      lines.push(current);
      current = word;
    } else {
      const pieces = breakWord(word, room, width);
      lines.push(pieces[0] === '' ? current : current + gap + (pieces[0] ?? ''), ...pieces.slice(1, -1));
      current = pieces.at(-1) ?? '';
    }
  }
  return [...lines, current].map((text) => text.trimEnd()).filter((text) => text !== '');
}

/** Cuts a word into a first piece of at most `room` columns, maybe none, and others of at most `width`. */
function breakWord(word: string, room: number, width: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  let left = room;
  for (const cluster of graphemes(word)) {
    const columns = clusterWidth(cluster);
    if (columns > left && (piece !== '' || pieces.length === 0)) {
      pieces.push(piece);
      piece = '';
      left = width;
    }
    piece += cluster;
    left -= columns;
  }
  return [...pieces, piece];
}

function clusterWidth(cluster: string): number {
  return cluster.length > 1 && PICTURE.test(cluster) ? 2 : sumOfCodePoints(cluster);
}

function sumOfCodePoints(text: string): number {
  let width = 0;
  for (const character of text) width += codePointWidth(character);
  return width;
}

function codePointWidth(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x20 && code < 0x7f) return 1;
  if (WIDTHLESS.test(character)) return 0;
  if (code < 0x1100) return 1;
  // Flag letters are emoji by presentation, but one alone takes one column.
  if (code >= 0x1f1e6 && code <= 0x1f1ff) return 1;
  return isWide(code) || PICTOGRAPH.test(character) ? 2 : 1;
}

function isWide(code: number): boolean {
  return WIDE.some(([first, last]) => code >= first && code <= last);
}

let segmenter: Intl.Segmenter | undefined;

/** The segmenter takes quadratic time, so that long texts go through it in windows. */
const WINDOW = 1024;

function* graphemes(text: string): Generator<string> {
  if (PRINTABLE_ASCII.test(text)) {
    yield* text;
    return;
  }
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  let start = 0;
  while (start < text.length) {
    const end = endOfWindow(text, start);
    const clusters = Array.from(segmenter.segment(text.slice(start, end)), ({ segment }) => segment);
    // The last one may go on in the next window.
    if (end < text.length && clusters.length > 1) clusters.pop();
    for (const cluster of clusters) start += cluster.length;
    yield* clusters;
  }
}

function endOfWindow(text: string, start: number): number {
  const end = start + WINDOW;
  return /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) ? end + 1 : end;
}
