import type { Block } from '../core/format.ts';
import { type Appearance, type Paint, plain, type Style } from './style.ts';
import { renderDataTable } from './table.ts';
import { neutralise } from './terminal-text.ts';
import { wrap } from './width.ts';

/** A message as people read it. */
export interface TranscriptMessage {
  readonly role: string;
  readonly createdAt?: string | undefined;
  /** What kind of speech it is where it is not plain speech: a thought, progress. */
  readonly channel?: string | undefined;
  readonly blocks: readonly Block[];
}

const INDENT = '  ';
/** Text is not wrapped to fewer columns than this, however narrow the terminal. */
const LEAST_TEXT_WIDTH = 10;

/**
 * The conversation as people read it: a line that says who speaks, what is said indented below it, an empty line
 * between messages. With a width everything but code is wrapped. Ends in a newline; no messages give ''.
 */
export function renderTranscript(
  messages: readonly TranscriptMessage[],
  { width, style = plain }: Appearance = {},
): string {
  const room = width === undefined ? undefined : Math.max(width - INDENT.length, LEAST_TEXT_WIDTH);
  return messages.map((message) => renderMessage(message, style, room)).join('\n');
}

function renderMessage(message: TranscriptMessage, style: Style, room: number | undefined): string {
  const lines = message.blocks.flatMap((block) => blockLines(block, style, room));
  return [heading(message, style), ...lines.map((line) => (INDENT + line).trimEnd())]
    .map((line) => `${line}\n`)
    .join('');
}

function heading({ role, channel, createdAt }: TranscriptMessage, style: Style): string {
  const speaker = style.bold(roleColour(role, style)(neutralise(role)));
  const asides = [channel, createdAt].flatMap((aside) => (aside ? [style.dim(neutralise(aside))] : []));
  return [speaker, ...asides].join(INDENT);
}

function roleColour(role: string, style: Style): Paint {
  if (role === 'user') return style.cyan;
  if (role === 'assistant') return style.green;
  if (role === 'tool') return style.magenta;
  return style.yellow;
}

function blockLines(block: Block, style: Style, room: number | undefined): string[] {
  if (block.kind === 'text') return textLines(block.text, room);
  if (block.kind === 'note') return textLines(block.text, room).map(style.dim);
  if (block.kind === 'code') return codeLines(block.language ?? '', block.text, style);
  return renderDataTable(block.columns, block.rows, { width: room, style }).split('\n').slice(0, -1);
}

function textLines(text: string, room: number | undefined): string[] {
  const harmless = neutralise(text, { keepNewlines: true });
  return room === undefined ? harmless.split('\n') : wrap(harmless, room);
}

/** Code is never wrapped: it is there to be copied. */
function codeLines(language: string, text: string, style: Style): string[] {
  const fence = '```';
  return [
    style.dim(fence + neutralise(language)),
    ...neutralise(text, { keepNewlines: true }).trimEnd().split('\n'),
    style.dim(fence),
  ];
}
