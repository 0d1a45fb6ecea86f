import { Failure } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { nearest } from '../../core/nearest.ts';
import type { Column } from '../../output/columns.ts';
import type { Listed, Provider } from '../../providers/provider.ts';

/** The fields of a summary, in the order they are shown. Later versions add some and never remove or retype one. */
export const summaryFields = [
  'id',
  'title',
  'provider',
  'format',
  'agent',
  'model',
  'messages',
  'created_at',
  'updated_at',
  'metadata',
] as const;

export type SummaryField = (typeof summaryFields)[number];

/** The row as an object with all its fields. */
export function summaryOf(
  provider: Provider,
  { summary }: Listed,
): Readonly<Record<SummaryField, JsonObject[string]>> {
  const { id, title, format, agent, model, messages, created_at, updated_at, metadata } = summary;
  return {
    id,
    title,
    provider: provider.name,
    format,
    agent,
    model,
    messages,
    created_at,
    updated_at,
    metadata,
  };
}

/** The fields named by `--fields`. @throws Failure `usage` with the nearest name. */
export function parseFields(text: string): readonly SummaryField[] {
  return text.split(',').map((word) => {
    const name = word.trim();
    const found = summaryFields.find((field) => field === name);
    if (found) return found;
    const meant = nearest(name, summaryFields);
    throw new Failure('usage', `there is no field ${JSON.stringify(name)}`, {
      hint: meant === undefined ? `choose from ${summaryFields.join(', ')}` : `did you mean ${meant}?`,
    });
  });
}

/** `conv_` and a ULID. */
const idWidth = 31;

/** How a table makes room on a narrow terminal: the title is cut first, what it can spare goes next, ids stay. */
export function columnFor(field: SummaryField): Column {
  switch (field) {
    case 'id':
      return { header: field, minimum: idWidth, cut: 'last' };
    case 'title':
    case 'metadata':
      return { header: field, minimum: 12, cut: 'first' };
    case 'messages':
      return { header: field, align: 'right' };
    case 'created_at':
    case 'updated_at':
      return { header: field, minimum: 20, spare: field === 'updated_at' };
    case 'provider':
    case 'format':
    case 'agent':
    case 'model':
      return { header: field, spare: true };
  }
}
