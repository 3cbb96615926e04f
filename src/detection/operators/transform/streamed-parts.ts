import type { Time } from '../../../record/time.ts';
import type { Stored } from '../../../store/store.ts';
import { assert } from '../../../util/assert.ts';
import { single, type Combination, type Combinations } from '../combinations.ts';
import type { Group } from '../group.ts';
import type { CompiledStats } from './compiled-stats.ts';
import type { Columns, Moment, Trace } from './table-row.ts';

/** One of the rows that an event became, in one of its groups. */
interface Part {
  readonly measures: () => readonly Stored[];
  readonly times: number;
}

/** What the rows that one event became, mostly one, count as together: the event counts once in each of their groups. */
export class StreamedParts {
  readonly combinations: Combinations;
  readonly #stats: CompiledStats;
  readonly #parts = new Map<string, Part[]>();
  readonly #trace: Trace;

  constructor(
    stats: CompiledStats,
    rows: readonly Columns[],
    { id, time }: { readonly id: string; readonly time: Time },
    at: Moment,
  ) {
    const text = time.toString();
    this.#stats = stats;
    this.#trace = { from: text, to: text, events: 1, evidence: [[text, id]], origin: null };
    const found = rows.flatMap((columns) => {
      const combinations = stats.combinationsOf(columns);
      if (combinations === undefined) return [];
      const measures = once(() => stats.measuresOf(columns, time, at));
      for (const { key, times } of combinations.all) this.#add(key, { measures, times });
      return [combinations];
    });
    this.combinations = this.#joined(found);
  }

  /** The event alone as a group of one of its combinations. */
  readonly groupOf = ({ key, values }: Combination): Group => {
    const [first, ...others] = (this.#parts.get(key) ?? []).map(({ measures, times }) =>
      this.#stats.part(measures(), times, single({ values }), this.#trace),
    );
    assert(first, 'a combination that no row has');
    return others.reduce((all, part) => this.#stats.mergeOfOne(all, part), first);
  };

  #add(key: string, part: Part): void {
    const known = this.#parts.get(key);
    if (known === undefined) this.#parts.set(key, [part]);
    else known.push(part);
  }

  #joined(found: readonly Combinations[]): Combinations {
    const [only, ...others] = found;
    if (only !== undefined && others.length === 0) return only;
    const distinct = new Map(found.flatMap(({ all }) => all.map((one) => [one.key, one] as const)));
    const { combinations: limit } = this.#stats.limits;
    return {
      lists: this.#stats.stage.by.map((_, index) => [
        ...new Set(found.flatMap(({ lists }) => lists[index] ?? [])),
      ]),
      all: [...distinct.values()].slice(0, limit),
      cut: distinct.size > limit || found.some(({ cut }) => cut),
    };
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
