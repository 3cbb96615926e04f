import type { Locate } from '../../../plan/transform.ts';
import type { RowStage } from '../table-row.ts';
import { withColumns } from './with-columns.ts';

/**
 * `iplocation` (spec/spl.md §3.6): the place of the first value of the column. What the database does not know of a
 * place is an empty text; without a place, or without a database, the row stays as it is (trap 15).
 */
export function locateStage({ column, prefix, all }: Locate): RowStage {
  return (columns, { references }) => {
    const [address] = columns.get(column) ?? [];
    const place = address === undefined ? undefined : references.places?.find(address);
    if (place === undefined) return [columns];
    const found = [
      ['City', place.city],
      ['Country', place.country],
      ['Region', place.region],
      ['lat', place.lat],
      ['lon', place.lon],
    ] as const;
    const more = [
      ['Continent', place.continent],
      ['MetroCode', place.metroCode],
      ['Timezone', place.timezone],
    ] as const;
    const shown = all ? [...found, ...more] : found;
    return [
      withColumns(
        columns,
        shown.map(([name, text]) => [`${prefix}${name}`, [text]] as const),
      ),
    ];
  };
}
