import { type Described, describe, type Shape } from '../../core/schema/shape.ts';

/** What a field may hold, in words of a table: `string, ≤ 64 characters`, `integer | null`, `array of objects`. */
export function typeWords(described: Described): string {
  const words = shapeWords(described);
  return described.nullable && !isAnyJson(described.shape) ? `${words} | null` : words;
}

function shapeWords({ shape, documentation }: Described): string {
  if (isAnyJson(shape)) return 'any JSON';
  switch (shape.kind) {
    case 'string':
      return stringWords(documentation);
    case 'number':
    case 'integer':
      return `${shape.kind}${rangeWords(shape.minimum, shape.maximum)}`;
    case 'literal':
      return shape.values.map((value) => JSON.stringify(value)).join(' | ');
    case 'array':
      return `array of ${grouped(typeWords(describe(shape.item)))}${rangeWords(undefined, shape.maximum)}`;
    case 'map':
      return `map to ${grouped(typeWords(describe(shape.value)))}${pairWords(documentation.maxPairs)}`;
    case 'union':
      return [...new Set(shape.options.map((option) => typeWords(describe(option))))].join(' | ');
    case 'variants':
      return `object, by ${shape.variants.discriminator}`;
    case 'unknown':
      return 'any JSON';
    case 'boolean':
    case 'object':
      return shape.kind;
    default:
      return shape;
  }
}

/** JSON in itself: it has arrays of itself. */
export function isAnyJson(shape: Shape): boolean {
  if (shape.kind !== 'union') return false;
  return shape.options.some((option) => {
    const inner = describe(option).shape;
    return inner.kind === 'array' && describe(inner.item).shape === shape;
  });
}

function stringWords({ known, minCharacters, maxCharacters, time }: Described['documentation']): string {
  if (known) return `${known.map((word) => JSON.stringify(word)).join(' | ')} | other text`;
  if (time === true) return 'string, a time';
  if (maxCharacters === undefined) return 'string';
  const least = minCharacters === undefined ? '≤ ' : `${minCharacters} to `;
  return `string, ${least}${maxCharacters} characters`;
}

function rangeWords(minimum: number | undefined, maximum: number | undefined): string {
  if (minimum !== undefined && maximum !== undefined) return `, ${minimum} to ${maximum}`;
  if (minimum !== undefined) return `, ≥ ${minimum}`;
  return maximum === undefined ? '' : `, ≤ ${maximum}`;
}

function pairWords(maxPairs: number | undefined): string {
  return maxPairs === undefined ? '' : `; ≤ ${maxPairs} pairs`;
}

function grouped(words: string): string {
  return words.includes(' | ') ? `(${words})` : words;
}
