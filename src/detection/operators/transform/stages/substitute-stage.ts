import { RE2JS } from 're2js';
import type { Substitute } from '../../../plan/transform.ts';
import { parseReplacement, replaceAll } from '../../calc/replacement.ts';
import type { RowStage } from '../table-row.ts';
import { withColumns } from './with-columns.ts';

/**
 * `rex mode=sed` (spec/spl.md §3.5): replaces in every value of the column. A value grows to 1 MiB at most (`maxText`).
 *
 * Throws on a pattern that cannot be read: frontends have to refuse those.
 */
export function substituteStage({ column, pattern, replacement, occurrence, fold }: Substitute): RowStage {
  const regex = RE2JS.compile(pattern, fold ? RE2JS.CASE_INSENSITIVE : 0);
  const parts = parseReplacement(replacement);
  return (columns) => {
    const values = columns.get(column);
    if (values === undefined) return [columns];
    const replaced = values.map((value) => replaceAll(value, regex, parts, occurrence));
    return [withColumns(columns, [[column, replaced]])];
  };
}
