import { parseAddress } from '../../../../util/network.ts';
import type { SortKey } from '../../../plan/transform.ts';
import { compareUtf8 } from '../../compare-utf8.ts';
import { numberOf } from '../../number-text.ts';
import type { TableRow } from '../table-row.ts';

/** What a value sorts by: kinds in the order of `ranks`, equal kinds among themselves. */
type Sortable =
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'address'; readonly groups: readonly number[] }
  | { readonly kind: 'text'; readonly text: string };

const ranks = { number: 0, address: 1, text: 2 } as const;

/**
 * `rows` in the order of `keys`, the first key first; equal rows stay as they stand. Of several values the first one
 * counts. A row without a value is behind all others, descending as well; so is, by `number` and `address`, one whose
 * value is none.
 *
 * By `auto` numbers are compared as numbers, addresses as addresses, all else by bytes (Search Reference, `sort`); in this
 * order where a column mixes them. (Splunk decides for each pair of values, which is no order at all then.)
 */
export function sortRows(rows: readonly TableRow[], keys: readonly SortKey[]): readonly TableRow[] {
  const sortable = rows.map((row) => ({ row, by: keys.map((key) => sortableOf(row, key)) }));
  sortable.sort((a, b) => {
    for (const [index, { descending }] of keys.entries()) {
      const order = compare(a.by[index], b.by[index], descending);
      if (order !== 0) return order;
    }
    return 0;
  });
  return sortable.map(({ row }) => row);
}

function sortableOf({ columns }: TableRow, { column, as }: SortKey): Sortable | undefined {
  const text = columns.get(column)?.[0];
  if (text === undefined) return undefined;
  const number = as === 'auto' || as === 'number' ? numberOf(text) : undefined;
  if (number !== undefined) return { kind: 'number', number };
  const groups = as === 'auto' || as === 'address' ? parseAddress(text) : undefined;
  if (groups !== undefined) return { kind: 'address', groups };
  return as === 'auto' || as === 'text' ? { kind: 'text', text } : undefined;
}

function compare(a: Sortable | undefined, b: Sortable | undefined, descending: boolean): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return descending ? compareSortable(b, a) : compareSortable(a, b);
}

function compareSortable(a: Sortable, b: Sortable): number {
  if (a.kind === 'number' && b.kind === 'number') return a.number - b.number;
  if (a.kind === 'address' && b.kind === 'address') return compareGroups(a.groups, b.groups);
  if (a.kind === 'text' && b.kind === 'text') return compareUtf8(a.text, b.text);
  return ranks[a.kind] - ranks[b.kind];
}

/** IPv4 before IPv6, then by bits. */
function compareGroups(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return a.length - b.length;
  const index = a.findIndex((group, at) => group !== b[at]);
  return index === -1 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}
