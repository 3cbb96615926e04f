import type { Column, Condition } from './columns.ts';
import {
  columnCapacity,
  columnCares,
  columnEach,
  columnEvery,
  columnFlushes,
  columnIndex,
  columnLookups,
  columnMatchers,
  columnMatchersEnd,
  columnMisses,
  columnMissing,
  columnMode,
  columnNarrowed,
  columnNull,
  columnPending,
  columnRuledOut,
  columnScratch,
  columnSets,
  columnSeveral,
  columnSlotMask,
  columnSlots,
  columnTexts,
  columnTextsEnd,
  columnTextsFree,
  modeEarly,
  modeLate,
  modeOff,
  slotSize,
} from './layout.ts';
import { writeMatchers } from './matcher-table.ts';
import type { Matcher } from './matchers.ts';
import { PlanSet } from './plan-set.ts';
import type { TableWriter } from './table-writer.ts';

export type ColumnMode = 'early' | 'late' | 'off';

/** How often a column was asked, and what came of it; since the counters were last taken. */
export interface ColumnCounts {
  readonly lookups: number;
  /** Values that were not in the table. */
  readonly misses: number;
  /** Times that it took plans away. */
  readonly narrowed: number;
  /** Times that it took the last plan away: lines that were ruled out by it. */
  readonly ruledOut: number;
  /** Times that the table was full and began anew. */
  readonly flushes: number;
}

/** Values that a table holds at most, and what their bytes are together. Both are small: they stay near the processor. */
const mostValues = 1_024;
const mostTextBytes = 65_536;
/** Sets of very many plans are large: then there are fewer. */
const mostSetBytes = 524_288;

const modes = { early: modeEarly, late: modeLate, off: modeOff } as const;

/** One column in the memory of the kernel: a table of bounded size from values to sets of plans. */
export class ColumnTable {
  readonly column: Column;
  readonly address: number;
  readonly #writer: TableWriter;
  readonly #all: PlanSet;
  readonly #possible: PlanSet;
  #mode: ColumnMode = 'early';

  constructor(column: Column, index: number, address: number, writer: TableWriter) {
    const { plans, halves } = column.cares;
    this.column = column;
    this.address = address;
    this.#writer = writer;
    this.#all = PlanSet.all(plans);
    this.#possible = new PlanSet(plans);
    const values = Math.max(
      16,
      Math.min(mostValues, 2 ** Math.floor(Math.log2(mostSetBytes / halves.byteLength))),
    );
    const texts = writer.room(mostTextBytes + 16);
    const matchers = writeMatchers(writer, matchersOf(column));
    const empty = new PlanSet(plans);
    for (const [field, value] of [
      [columnIndex, index],
      [columnSlots, writer.room(values * 2 * slotSize)],
      [columnSlotMask, values * 2 - 1],
      [columnCapacity, values],
      [columnSets, writer.room(values * halves.byteLength)],
      [columnTexts, texts],
      [columnTextsFree, texts],
      [columnTextsEnd, texts + mostTextBytes],
      [columnMissing, writer.set(empty)],
      [columnNull, writer.set(empty)],
      [columnSeveral, writer.set(plansThat(undefined, column))],
      [columnCares, writer.set(empty)],
      [columnEvery, writer.set(plansThat('every', column))],
      [columnPending, writer.set(empty)],
      [columnEach, writer.set(empty)],
      [columnScratch, writer.set(empty)],
      [columnMatchers, matchers.begin],
      [columnMatchersEnd, matchers.end],
    ] as const) {
      writer.put(address + field, value);
    }
    this.mode = 'early';
  }

  get mode(): ColumnMode {
    return this.#mode;
  }

  /** `off`: its values no longer rule anything out. */
  set mode(mode: ColumnMode) {
    this.#mode = mode;
    const { column, address } = this;
    const off = mode === 'off';
    this.#writer.put(address + columnMode, modes[mode]);
    this.#writer.putSet(this.#writer.get(address + columnMissing), off ? this.#all : this.possible([]));
    const nullValues = column.field.arrays === 'hidden' ? [] : ['null'];
    this.#writer.putSet(this.#writer.get(address + columnNull), off ? this.#all : this.possible(nullValues));
    this.#writer.putSet(this.#writer.get(address + columnCares), this.cares);
  }

  /** Plans that a value may rule out now. */
  get cares(): PlanSet {
    return this.#mode === 'off' ? new PlanSet(this.#all.plans) : this.column.cares;
  }

  /** The plans that are possible with these values of the field, or without one. Valid until the next call. */
  possible(values: readonly string[]): PlanSet {
    const set = this.#possible;
    set.addAll(this.#all);
    for (const { holds, plans } of this.column.conditions) if (!holds(values)) set.removeAll(plans);
    return set;
  }

  /** Takes the counters: they begin anew. */
  takeCounts(): ColumnCounts {
    const take = (field: number): number => {
      const value = this.#writer.get(this.address + field);
      this.#writer.put(this.address + field, 0);
      return value;
    };
    return {
      lookups: take(columnLookups),
      misses: take(columnMisses),
      narrowed: take(columnNarrowed),
      ruledOut: take(columnRuledOut),
      flushes: take(columnFlushes),
    };
  }
}

/** The plans of a column whose condition on several values comes in this way from that on each. */
function plansThat(holdsOf: Condition['holdsOf'], { conditions, cares }: Column): PlanSet {
  const set = new PlanSet(cares.plans);
  for (const condition of conditions) if (condition.holdsOf === holdsOf) set.addAll(condition.plans);
  return set;
}

/** The matchers of all conditions, with the plans of each; none if they do not decide all of them. */
function matchersOf({ conditions }: Column): readonly (readonly [Matcher, PlanSet])[] {
  if (conditions.some(({ matchers }) => matchers === undefined)) return [];
  return conditions.flatMap(({ matchers, plans }) =>
    (matchers ?? []).map((matcher) => [matcher, plans] as const),
  );
}
