import type { Time } from '../../../record/time.ts';
import type { Stored } from '../../../store/store.ts';
import type { GroupKey } from '../../plan/plan.ts';
import type { Stats } from '../../plan/transform.ts';
import { combinationsOf, type Combinations } from '../combinations.ts';
import { mergeRows, type Group } from '../group.ts';
import type { Limits } from '../limits.ts';
import { compileStatistic } from './compile-statistic.ts';
import type { CompiledStatistic } from './statistic.ts';
import type { Columns, Moment, Trace } from './table-row.ts';

/** What the groups of a `stats` are made of: its `by` columns and its measures. Pure. */
export class CompiledStats {
  readonly stage: Stats;
  readonly limits: Limits;
  readonly #by: readonly GroupKey[];
  readonly #measures: readonly CompiledStatistic[];

  constructor(stage: Stats, limits: Limits) {
    this.stage = stage;
    this.limits = limits;
    this.#by = stage.by.map((name) => ({
      field: { name, arrays: 'marked' },
      as: name,
      default: undefined,
    }));
    this.#measures = stage.measures.map((measure) => compileStatistic(measure, limits));
  }

  /**
   * The groups that a row counts in: the product of the values of the `by` columns, a value that the row has twice
   * counting twice (spec/spl.md §3.2). Undefined if the row lacks one of them: it counts nowhere.
   */
  combinationsOf(columns: Columns): Combinations | undefined {
    const kept = ({ name }: { readonly name: string }): readonly string[] => columns.get(name) ?? [];
    const found = combinationsOf({ kept }, this.#by, this.limits.combinations);
    if (found === undefined || !this.stage.distinct) return found;
    return { ...found, all: found.all.map((combination) => ({ ...combination, times: 1 })) };
  }

  /** What each measure holds of one row of event time `time`. */
  measuresOf(columns: Columns, time: Time, at: Moment): readonly Stored[] {
    return this.#measures.map((measure) => measure.of(columns, time, at));
  }

  /** The part of a row, or of rows with equal values, that counts `times` times in the group of `values`. */
  part(
    measures: readonly Stored[],
    times: number,
    values: readonly (readonly string[])[],
    trace: Trace,
  ): Group {
    const { from, to, events, evidence, origin } = trace;
    const held =
      times === 1
        ? measures
        : this.#measures.map((measure, index) => measure.times(measures[index] ?? null, times));
    return { from, to, events, evidence, measures: held, values, left: false, origin };
  }

  /** Two parts of one group as one; `a` came first in the order of the rows, which is newest first. */
  merge(a: Group, b: Group): Group {
    // Of equally early rows the one that arrived first stands for the group.
    return { ...mergeRows(b, a, this.limits.values), measures: this.#merged(a, b) };
  }

  /** Two parts of one group that are of the same event, which counts as one. */
  mergeOfOne(a: Group, b: Group): Group {
    const rows = mergeRows(a, b, this.limits.values);
    return { ...rows, events: a.events, measures: this.#merged(a, b) };
  }

  /** The columns of the row of a group: its `by` columns hold `values`. */
  columns(values: Group['values'], measures: readonly Stored[]): Columns {
    return this.columnsOfAll([{ measures }], values);
  }

  /** The columns of several groups as one row, whose `by` columns hold `values`. */
  columnsOfAll(groups: readonly Pick<Group, 'measures'>[], values: Group['values']): Columns {
    const columns = new Map<string, readonly string[]>();
    for (const [index, name] of this.stage.by.entries()) columns.set(name, values[index] ?? []);
    const measured = this.measured(groups.map(({ measures }) => measures));
    for (const [name, texts] of measured) columns.set(name, texts);
    return columns;
  }

  /** The columns of the measures alone: the distinct texts of several groups, all texts of one. */
  measured(
    held: readonly (readonly Stored[])[],
  ): readonly (readonly [name: string, texts: readonly string[]])[] {
    return this.#measures.flatMap((measure, index) => {
      const texts = held.map((measures) => measure.texts(measures[index] ?? null));
      const shown = texts.length === 1 ? (texts[0] ?? []) : [...new Set(texts.flat())];
      return shown.length === 0 ? [] : [[measure.as, shown] as const];
    });
  }

  /** The columns of the one row of a `stats` without `by` that saw no row at all (spec/spl.md trap 41). */
  columnsOfNothing(): Columns {
    const counts = this.stage.measures.filter(({ of }) => of === 'count' || of === 'dc' || of === 'estdc');
    return new Map(counts.map(({ as }) => [as, ['0']]));
  }

  /** The names of the measures of a group that reached a bound. */
  cut({ measures }: Pick<Group, 'measures'>): readonly string[] {
    return this.#measures
      .filter((measure, index) => measure.cut(measures[index] ?? null))
      .map(({ as }) => as);
  }

  #merged(a: Group, b: Group): readonly Stored[] {
    return this.#measures.map((measure, index) =>
      measure.merge(a.measures[index] ?? null, b.measures[index] ?? null),
    );
  }
}
