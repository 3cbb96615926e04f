import { calcColumns } from '../../plan/calc-columns.ts';
import { isRowLocal } from '../../plan/row-local.ts';
import { stageEffects } from '../../plan/stage-effects.ts';
import type { Fill, Stage, Statistic, Stats } from '../../plan/transform.ts';
import { isOrdered } from './compile-statistic.ts';

/**
 * `[fillnull] row-local* stats`: stages for which rows with equal key columns can be held as one without losing
 * anything, however many they are (spec/spl.md §8.2).
 */
export interface CompactShape {
  /** The bare fill that the rows wait for; undefined if they wait for the `stats` only. */
  readonly fill: Fill | undefined;
  /** What stands between fill and stats. */
  readonly between: readonly Stage[];
  readonly stats: Stats;
  /** What stands behind the stats. */
  readonly rest: readonly Stage[];
  /** The columns that decide what becomes of a row, in a fixed order. */
  readonly keys: readonly string[];
  /** As the measures of `stats`. */
  readonly measures: readonly CompactMeasure[];
}

/**
 * How a measure is held: `early` is made from each row as it comes, and once more as if the row had been filled in the
 * column `fills`; `late` is made from the key columns when they have been filled.
 */
export type CompactMeasure =
  { readonly kind: 'early'; readonly fills: string | undefined } | { readonly kind: 'late' };

/** The shape of `stages`, the first of which waits for all rows of a window; undefined if they have another one. */
export function compactShape(stages: readonly Stage[]): CompactShape | undefined {
  const [first, ...others] = stages;
  const fill = first?.kind === 'fill' && first.columns === undefined ? first : undefined;
  const behind = fill === undefined ? stages : others;
  const at = behind.findIndex((stage) => !isRowLocal(stage));
  const stats = behind[at];
  if (stats?.kind !== 'stats' || stats.join || stats.measures.some(isOrdered)) return undefined;
  const between = behind.slice(0, at);
  const touched = touchedBy(between);
  if (touched === undefined) return undefined;
  const measures = stats.measures.map((measure) => compactMeasure(measure, fill, touched.writes));
  const late = stats.measures.filter((_, index) => measures[index]?.kind === 'late');
  const read = late.flatMap(({ value }) => (value === undefined ? [] : [...calcColumns(value)]));
  const keys = [...new Set([...stats.by, ...touched.all, ...read])].sort();
  return { fill, between, stats, rest: behind.slice(at + 1), keys, measures };
}

/** The columns that stages read or write, and those that they write; undefined if they cannot be named. */
function touchedBy(
  stages: readonly Stage[],
): { readonly all: readonly string[]; readonly writes: ReadonlySet<string> } | undefined {
  const all: string[] = [];
  const writes = new Set<string>();
  for (const stage of stages) {
    const effects = stageEffects(stage);
    if (effects === undefined || effects.writes === 'any') return undefined;
    all.push(...effects.reads, ...effects.writes);
    for (const name of effects.writes) writes.add(name);
  }
  return { all, writes };
}

function compactMeasure(
  { value }: Statistic,
  fill: Fill | undefined,
  written: ReadonlySet<string>,
): CompactMeasure {
  const [column, ...others] = value === undefined ? [] : calcColumns(value);
  if (fill === undefined || column === undefined) return { kind: 'early', fills: undefined };
  return others.length > 0 || written.has(column) ? { kind: 'late' } : { kind: 'early', fills: column };
}
