import type { Stored } from '../../../store/store.ts';
import { single } from '../combinations.ts';
import { compareUtf8 } from '../compare-utf8.ts';
import type { Group } from '../group.ts';
import { numberOf } from '../number-text.ts';
import { keyWithRoom, overflowKey } from '../overflow.ts';
import type { CompiledStats } from './compiled-stats.ts';
import type { TableRow, Trace } from './table-row.ts';

/** What had no room in a table of groups, for whoever has to say so. */
export interface Shortage {
  /** A row has more combinations than its limit; others are not counted. */
  readonly combinations: boolean;
  /** There are more groups than can be told apart. */
  readonly groups: boolean;
  /** Names of measures that hold more distinct values than their limit. */
  readonly values: readonly string[];
}

/**
 * The groups of the rows of one window, filled row by row, newest first. Beyond `limits.groups` of them all further ones
 * are counted together as one, whose `by` columns hold the values of all (spec/reliability.md §4 E16).
 */
export class StatsTable {
  readonly #stats: CompiledStats;
  readonly #groups = new Map<string, Group>();
  #cut = false;

  constructor(stats: CompiledStats) {
    this.#stats = stats;
  }

  /** Counts a row, or several of equal values, by what its measures hold. The keys of its groups; none: nowhere. */
  add(columns: TableRow['columns'], measures: readonly Stored[], trace: Trace): readonly string[] {
    const combinations = this.#stats.combinationsOf(columns);
    if (combinations === undefined) return [];
    if (combinations.cut) this.#cut = true;
    const parts = new Map<string, Group>();
    let size = this.#groups.size;
    for (const combination of combinations.all) {
      const known = this.#groups.has(combination.key) ? true : undefined;
      const key = keyWithRoom(combination.key, known, size < this.#stats.limits.groups);
      if (!this.#groups.has(key) && !parts.has(key)) size++;
      const part = this.#stats.part(measures, combination.times, single(combination), trace);
      const before = parts.get(key);
      parts.set(key, before === undefined ? part : this.#stats.mergeOfOne(before, part));
    }
    for (const [key, part] of parts) this.#merge(key, part);
    return [...parts.keys()];
  }

  /** Counts what was counted together already. */
  addOverflow(group: Group): void {
    this.#merge(overflowKey, group);
  }

  group(key: string): Group | undefined {
    return this.#groups.get(key);
  }

  /** All groups as one, where all rows are of one event; undefined if there is none. */
  whole(): Group | undefined {
    return [...this.#groups.values()].reduce<Group | undefined>(
      (all, group) => (all === undefined ? group : this.#stats.mergeOfOne(all, group)),
      undefined,
    );
  }

  get shortage(): Shortage {
    const names = new Set([...this.#groups.values()].flatMap((group) => this.#stats.cut(group)));
    return {
      combinations: this.#cut,
      groups: this.#groups.has(overflowKey),
      values: this.#stats.stage.measures.map(({ as }) => as).filter((as) => names.has(as)),
    };
  }

  /**
   * A row for each group, in the order of their `by` columns: numbers before texts, numbers by value, texts by bytes.
   * Without `by` one row in any case; `nothing` is what it stands for if there was no row.
   */
  rows(nothing: Trace): readonly TableRow[] {
    const groups = [...this.#groups.values()].sort(byValues);
    if (groups.length === 0 && this.#stats.stage.by.length === 0) {
      return [{ columns: this.#stats.columnsOfNothing(), trace: nothing }];
    }
    return groups.map((group) => {
      const { from, to, events, evidence, origin, values, measures } = group;
      return {
        columns: this.#stats.columns(values, measures),
        trace: { from, to, events, evidence, origin },
      };
    });
  }

  #merge(key: string, part: Group): void {
    const before = this.#groups.get(key);
    this.#groups.set(key, before === undefined ? part : this.#stats.merge(before, part));
  }
}

function byValues(a: Group, b: Group): number {
  for (const [index, values] of a.values.entries()) {
    const order = compareValues(values[0] ?? '', b.values[index]?.[0] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

function compareValues(a: string, b: string): number {
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x === undefined && y === undefined) return compareUtf8(a, b);
  if (x === undefined || y === undefined) return x === undefined ? 1 : -1;
  return x === y ? compareUtf8(a, b) : x - y;
}
