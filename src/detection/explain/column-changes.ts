import { shown } from '../operators/sealed.ts';
import type { Columns } from '../operators/transform/table-row.ts';
import { shownValues } from './explanation.ts';
import type { StageTrace } from './trace-stages.ts';

const maxRows = 10;
const maxColumns = 20;

/**
 * What a stage changed, a line each: `+ name = value` for a column that it set, `- name, name` for those that it took
 * away, `= name = value, ...` for each row that it made out of others. Of several rows that it let pass the first speaks
 * for all.
 */
export function columnChanges({ stage, before, after }: StageTrace): readonly string[] {
  const [first] = after;
  if (first === undefined) return [];
  const counts = (stage.kind === 'stats' && !stage.join) || stage.kind === 'rank';
  if (counts || after.length > before.length) return madeRows(after, counts ? undefined : before[0]);
  const changes = changesOf(before[0] ?? new Map(), first);
  return after.length === 1 || changes.length === 0
    ? changes
    : [`of the first of ${after.length} rows:`, ...changes];
}

/** Of a row that comes of another one, only what tells it from that. */
function madeRows(rows: readonly Columns[], from: Columns | undefined): readonly string[] {
  const lines = rows.slice(0, maxRows).map((row) => {
    const told = [...row].filter(([name, values]) => from === undefined || !isSame(from.get(name), values));
    return `= ${told.map(pairText).join(', ')}`;
  });
  return rows.length > maxRows ? [...lines, `and ${rows.length - maxRows} more rows`] : lines;
}

function changesOf(before: Columns, after: Columns): readonly string[] {
  const set = [...after].filter(([name, values]) => !isSame(before.get(name), values));
  const gone = [...before.keys()].filter((name) => !after.has(name));
  return [
    ...set.slice(0, maxColumns).map((pair) => `+ ${pairText(pair)}`),
    ...(set.length > maxColumns ? [`and ${set.length - maxColumns} more columns`] : []),
    ...(gone.length > 0 ? [`- ${shownValues([gone.join(', ')])}`] : []),
  ];
}

const isSame = (one: readonly string[] | undefined, other: readonly string[]): boolean =>
  one !== undefined && one.length === other.length && one.every((value, index) => value === other[index]);

/** `name = value`; what is secret stays so. */
export function pairText([name, values]: readonly [string, readonly string[]]): string {
  const text = shownValues(shown(values));
  return `${name} = ${text === '' ? '""' : text}`;
}
