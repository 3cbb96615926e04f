import { RE2JS } from 're2js';
import type { Extract } from '../../../plan/transform.ts';
import type { RowStage } from '../table-row.ts';
import { FoundColumns } from './found-columns.ts';

/** Matches taken of one row, whatever the search asks for. */
const maxMatches = 10_000;

/**
 * `rex` (spec/spl.md §3.5, §9). The values of the column are searched one after the other, `matches` counts over all of
 * them. A group that took part in a match replaces the column of its name; a column whose group took part in none
 * stays. At most 10,000 matches are taken.
 *
 * Throws on a pattern that cannot be read: frontends have to refuse those.
 */
export function extractStage({ column, pattern, matches = maxMatches }: Extract): RowStage {
  const regex = RE2JS.compile(pattern);
  const groups = Object.entries(regex.namedGroups());
  const limit = Math.min(matches, maxMatches);
  return (columns) => {
    const found = new FoundColumns();
    let left = limit;
    for (const value of columns.get(column) ?? []) {
      const matcher = regex.matcher(value);
      for (; left > 0 && matcher.find(); left--) {
        for (const [name, index] of groups) {
          const text = matcher.group(index);
          if (text !== null) found.add(name, text);
        }
      }
    }
    return [found.appliedTo(columns)];
  };
}
