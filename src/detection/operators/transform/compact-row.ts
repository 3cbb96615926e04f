import type { Time } from '../../../record/time.ts';
import type { Stored } from '../../../store/store.ts';
import { assert } from '../../../util/assert.ts';
import type { CompactMeasure, CompactShape } from './compact-shape.ts';
import { compileStatistic } from './compile-statistic.ts';
import { mergeTraces } from './merge-traces.ts';
import type { Limits } from '../limits.ts';
import type { CompiledStatistic } from './statistic.ts';
import type { Columns, Moment, Trace } from './table-row.ts';

/** Rows with equal key columns as one, as state keeps it. Plain JSON. */
export type CompactRow = Trace & {
  /** The values of each key column; none: it is missing. */
  readonly keys: readonly (readonly string[])[];
  /** How many rows. */
  readonly rows: number;
  /** What each `early` measure holds; null for a `late` one. */
  readonly held: readonly (HeldMeasure | null)[];
};

/** A measure of rows as they are, and as they are if the column it is made from is filled. */
type HeldMeasure = {
  readonly plain: Stored;
  /** Meaningless unless a row lacked the column: it equals `plain` then. */
  readonly filled: Stored;
  readonly lacked: boolean;
  /** A row had the column. */
  readonly had: boolean;
};

/** Makes, joins and reads compact rows of one shape. Pure. */
export class CompactRows {
  readonly #shape: CompactShape;
  readonly #measures: readonly (readonly [CompactMeasure, CompiledStatistic])[];

  constructor(shape: CompactShape, limits: Limits) {
    this.#shape = shape;
    this.#measures = shape.measures.map((how, index) => {
      const statistic = shape.stats.measures[index];
      assert(statistic, 'a shape has more measures than its stats');
      return [how, compileStatistic(statistic, limits)];
    });
  }

  /** One row, as it comes to the first stage of the shape. */
  of(columns: Columns, trace: Trace, at: Moment): CompactRow {
    const keys = this.#shape.keys.map((name) => columns.get(name) ?? []);
    const time = BigInt(trace.to);
    const held = this.#measures.map(([how, statistic]) =>
      how.kind === 'late' ? null : this.#heldOf(how.fills, statistic, columns, time, at),
    );
    return { ...trace, keys, rows: 1, held };
  }

  /** Rows of equal keys as one; `a` came later, which is first in the order of the rows. */
  merge(a: CompactRow, b: CompactRow): CompactRow {
    const held = this.#measures.map(([, statistic], index) =>
      mergeHeld(a.held[index] ?? null, b.held[index] ?? null, statistic),
    );
    // What stands for equally early rows is the one that came first.
    return { ...mergeTraces([b, a]), keys: a.keys, rows: a.rows + b.rows, held };
  }

  /** The columns that any of `rows` has, of those that a fill would matter to. */
  columnsOf(rows: readonly CompactRow[]): ReadonlySet<string> {
    const { keys } = this.#shape;
    const present = keys.filter((_, index) => rows.some((row) => (row.keys[index]?.length ?? 0) > 0));
    const had = this.#measures.flatMap(([how], index) => {
      const found = how.kind === 'early' && rows.some(({ held }) => held[index]?.had === true);
      return found && how.fills !== undefined ? [how.fills] : [];
    });
    return new Set([...present, ...had]);
  }

  /** The key columns of a row, filled if any row has them: `present`. */
  filled({ keys }: CompactRow, present: ReadonlySet<string>): Columns {
    const { fill, keys: names } = this.#shape;
    const columns = new Map<string, readonly string[]>();
    for (const [index, name] of names.entries()) {
      const values = keys[index] ?? [];
      if (values.length > 0) columns.set(name, values);
      else if (fill !== undefined && present.has(name)) columns.set(name, [fill.value]);
    }
    return columns;
  }

  /** What each measure of the `stats` holds of a compact row whose key columns have become `columns`. */
  measuresOf(row: CompactRow, columns: Columns, present: ReadonlySet<string>, at: Moment): readonly Stored[] {
    return this.#measures.map(([how, statistic], index) => {
      if (how.kind === 'late') return statistic.times(statistic.of(columns, BigInt(row.to), at), row.rows);
      const held = row.held[index];
      if (!held) return null;
      const fills = held.lacked && how.fills !== undefined && present.has(how.fills);
      return fills ? held.filled : held.plain;
    });
  }

  #heldOf(
    fills: string | undefined,
    statistic: CompiledStatistic,
    columns: Columns,
    time: Time,
    at: Moment,
  ): HeldMeasure {
    const plain = statistic.of(columns, time, at);
    const had = fills !== undefined && columns.has(fills);
    if (fills === undefined || had) return { plain, filled: null, lacked: false, had };
    const value = this.#shape.fill?.value ?? '';
    const filled = statistic.of(new Map(columns).set(fills, [value]), time, at);
    return { plain, filled, lacked: true, had };
  }
}

function mergeHeld(
  a: HeldMeasure | null,
  b: HeldMeasure | null,
  statistic: CompiledStatistic,
): HeldMeasure | null {
  if (a === null || b === null) return null;
  const lacked = a.lacked || b.lacked;
  const filled = lacked ? statistic.merge(filledOf(a), filledOf(b)) : null;
  return { plain: statistic.merge(a.plain, b.plain), filled, lacked, had: a.had || b.had };
}

const filledOf = ({ plain, filled, lacked }: HeldMeasure): Stored => (lacked ? filled : plain);
