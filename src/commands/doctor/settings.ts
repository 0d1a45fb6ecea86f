import type { Column } from '../../output/columns.ts';
import { placeName } from '../../providers/key.ts';
import type { Overview } from '../provider/overview.ts';
import type { PlaceReport } from './place.ts';

/** A row of the table of settings has these columns. */
export const settingColumns: readonly Column[] = [
  { header: 'provider', cut: 'last' },
  { header: 'setting', minimum: 'organization'.length },
  { header: 'value', cut: 'first', minimum: 16 },
  { header: 'from', minimum: 16 },
];

/** Every setting of every system that is configured, or set by a variable, and where it comes from. */
export function settingRows(places: readonly PlaceReport[]): readonly string[][] {
  return places
    .filter(({ overview, state }) => overview.system !== 'local' && state !== 'not_configured')
    .flatMap(({ overview }) => rowsOf(overview));
}

function rowsOf({ name, location, key, others, patience }: Overview): string[][] {
  const place = key && { value: placeName(key.value), source: key.source };
  return Object.entries({ address: location, key: place, ...others, ...patience }).flatMap(
    ([setting, sourced]) => {
      if (!sourced) return [];
      const unit = setting === 'timeout' ? ' s' : '';
      return [[name, setting.replaceAll('_', ' '), `${sourced.value}${unit}`, sourced.source]];
    },
  );
}
