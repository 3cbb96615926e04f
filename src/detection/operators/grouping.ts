import type { Time } from '../../record/time.ts';
import type { Aggregate, Having } from '../plan/plan.ts';
import type { Combination } from './combinations.ts';
import { mergeRows, type Group } from './group.ts';
import type { GroupRow, Groups } from './groups.ts';
import type { Limits } from './limits.ts';
import { compileMeasure, type CompiledMeasure } from './measure.ts';
import { Origins } from './origins.ts';
import { compilePredicate, type Predicate } from './predicate.ts';
import type { Row } from './row.ts';
import { shown } from './sealed.ts';

/** What the groups of a native plan are made of: its `by` columns, its measures, its condition. */
export class Grouping implements Groups {
  readonly origins = new Origins();
  readonly #by: readonly string[];
  readonly #measures: readonly CompiledMeasure[];
  readonly #having: Predicate | undefined;
  readonly #maxValues: number;

  constructor(aggregate: Aggregate, having: Having | undefined, limits: Limits) {
    this.#by = aggregate.by.map(({ as }) => as);
    this.#measures = aggregate.measures.map((measure) => compileMeasure(measure, limits.values));
    this.#having = having && compilePredicate(having.where);
    this.#maxValues = limits.values;
  }

  /** The group of one row; `withOrigin` if a later finding needs what this event says of itself. */
  of(row: Row, time: Time, { values, times }: Combination, withOrigin: boolean): Group {
    const at = time.toString();
    return {
      from: at,
      to: at,
      events: 1,
      evidence: [[at, row.id]],
      measures: this.#measures.map((measure) => measure.of(row, times, time)),
      values: values.map((value) => [value]),
      left: false,
      origin: withOrigin ? this.origins.encode(row.context, row.resource) : null,
    };
  }

  merge(a: Group, b: Group): Group {
    const measures = this.#measures.map((measure, index) =>
      measure.merge(a.measures[index] ?? null, b.measures[index] ?? null),
    );
    return { ...mergeRows(a, b, this.#maxValues), measures };
  }

  satisfies(row: GroupRow): boolean {
    if (this.#having === undefined) return true;
    const columns = this.columns([row], row.values);
    return this.#having(({ name }) => shown(columns.get(name) ?? []));
  }

  columns(rows: readonly GroupRow[], values: Group['values']): ReadonlyMap<string, readonly string[]> {
    const columns = new Map<string, readonly string[]>();
    for (const [index, as] of this.#by.entries()) columns.set(as, values[index] ?? []);
    for (const [index, measure] of this.#measures.entries()) {
      const texts = rows.flatMap(({ group }) => measure.texts(group.measures[index] ?? null));
      if (texts.length > 0) columns.set(measure.as, [...new Set(texts)]);
    }
    return columns;
  }

  cut(group: Group): readonly string[] {
    return this.#measures
      .filter((measure, index) => measure.cut(group.measures[index] ?? null))
      .map(({ as }) => as);
  }
}
