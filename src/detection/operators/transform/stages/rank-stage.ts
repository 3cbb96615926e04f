import type { Rank } from '../../../plan/transform.ts';
import { keyOf } from '../../combinations.ts';
import { compareUtf8 } from '../../compare-utf8.ts';
import { product, productSize } from '../../product.ts';
import { mergeTraces } from '../merge-traces.ts';
import type { TableRow, TableStage, Trace } from '../table-row.ts';
import { fairShare } from './fair-share.ts';

/** Combinations of values that one row may count in, and all rows together unless there are more rows than that. */
const maxOfRow = 10_000;
const maxOfTable = 250_000;

/** Rows with the same values of `by`. */
interface Group {
  readonly by: readonly string[];
  readonly ranked: Map<string, Ranked>;
  total: number;
}

/** One combination of values in a group, and the rows that hold it. */
interface Ranked {
  readonly values: readonly string[];
  readonly traces: Trace[];
  count: number;
}

/**
 * `top` and `rare` (spec/spl.md §3.8): the combinations of the values of `columns`, counted in each group of `by`. A column
 * of several values counts once for each; a row that lacks a column counts nowhere. The percentage is of what was
 * counted in the group, with six digits behind the point. Equal counts are in the order of the values, groups in the
 * order of theirs, by UTF-8 bytes.
 *
 * A row counts in at most 10,000 combinations, all rows together in 250,000; beyond that those with the most count in
 * fewer, so that no event pushes out another.
 */
export function rankStage(stage: Rank): TableStage {
  return (rows) =>
    [...groupsOf(rows, stage).values()]
      .sort((a, b) => compareLists(a.by, b.by))
      .flatMap((group) => rowsOf(group, stage));
}

function groupsOf(rows: readonly TableRow[], { by, columns }: Rank): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  const lists = rows.map((row) => [...by, ...columns].map((name) => row.columns.get(name) ?? []));
  const sizes = lists.map((list) => Math.min(productSize(list), maxOfRow));
  const most = Math.min(maxOfRow, fairShare(sizes, maxOfTable));
  for (const [index, { trace }] of rows.entries()) {
    for (const tuple of product(lists[index] ?? [], most)) {
      count(groups, tuple.slice(0, by.length), tuple.slice(by.length), trace);
    }
  }
  return groups;
}

function count(
  groups: Map<string, Group>,
  by: readonly string[],
  values: readonly string[],
  trace: Trace,
): void {
  const group = ensured(groups, keyOf(by), () => ({ by, ranked: new Map(), total: 0 }));
  const ranked = ensured(group.ranked, keyOf(values), () => ({ values, traces: [], count: 0 }));
  group.total++;
  ranked.count++;
  // A row that holds a combination twice is still one row.
  if (ranked.traces.at(-1) !== trace) ranked.traces.push(trace);
}

function rowsOf({ by, ranked, total }: Group, stage: Rank): readonly TableRow[] {
  const sign = stage.order === 'top' ? -1 : 1;
  const names = [...stage.by, ...stage.columns];
  return [...ranked.values()]
    .sort((a, b) => (a.count - b.count) * sign || compareLists(a.values, b.values))
    .slice(0, stage.limit)
    .map(({ values, traces, count }) => {
      const columns = new Map([...by, ...values].map((value, index) => [names[index] ?? '', [value]]));
      if (stage.countAs !== undefined) columns.set(stage.countAs, [String(count)]);
      if (stage.percentAs !== undefined) columns.set(stage.percentAs, [((100 * count) / total).toFixed(6)]);
      return { columns, trace: mergeTraces(traces) };
    });
}

function ensured<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** Of equally many texts, the first that differ decide. */
function compareLists(a: readonly string[], b: readonly string[]): number {
  const index = a.findIndex((text, at) => text !== b[at]);
  return index === -1 ? 0 : compareUtf8(a[index] ?? '', b[index] ?? '');
}
