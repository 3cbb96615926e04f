import type { Time } from '../../../record/time.ts';
import type { Group } from '../group.ts';
import type { GroupRow, Groups } from '../groups.ts';
import { Origins } from '../origins.ts';
import type { CompiledStats } from './compiled-stats.ts';
import type { Columns } from './table-row.ts';
import type { Tail } from './tail.ts';

/** The groups of a `stats` in streaming mode: a group satisfies if its row gets through the stages behind it. */
export class StreamedGroups implements Groups {
  readonly origins = new Origins();
  readonly #stats: CompiledStats;
  readonly #tail: Tail;

  constructor(stats: CompiledStats, tail: Tail) {
    this.#stats = stats;
    this.#tail = tail;
  }

  /** What arrives later comes first in the order of the rows, which is newest first. */
  merge(a: Group, b: Group): Group {
    return this.#stats.merge(b, a);
  }

  /** Whatever a group holds, it satisfies. */
  get satisfyAlways(): boolean {
    return this.#tail.columnWise;
  }

  satisfies(row: GroupRow, end: Time): boolean {
    return this.satisfyAlways || this.#shown(row, end) !== undefined;
  }

  columns(rows: readonly GroupRow[], values: Group['values'], end: Time): Columns {
    if (this.#tail.columnWise) return this.#whole(rows, values, end);
    const shown = rows.map((row) => this.#shown(row, end)).filter((columns) => columns !== undefined);
    const [only, ...others] = shown;
    if (only === undefined || others.length === 0) return only ?? none;
    // The row of all values at once knows their order, as long as no stage needs them one by one.
    return union(shown, this.#whole(rows, values, end));
  }

  cut(group: Group): readonly string[] {
    return this.#stats.cut(group);
  }

  /** What becomes of all rows joined as one. */
  #whole(rows: readonly GroupRow[], values: Group['values'], end: Time): Columns {
    const groups = rows.map(({ group }) => group);
    return this.#tail.run(this.#stats.columnsOfAll(groups, values), end) ?? none;
  }

  #shown({ group, values }: GroupRow, end: Time): Columns | undefined {
    return this.#tail.run(this.#stats.columns(values, group.measures), end);
  }
}

const none: Columns = new Map();

/** The distinct values of each column of several rows: in the order of `model` if that holds the same ones. */
function union(rows: readonly Columns[], model: Columns): Columns {
  const all = new Map<string, Set<string>>();
  for (const [name, values] of rows.flatMap((columns) => [...columns])) {
    const known = all.get(name) ?? new Set();
    for (const value of values) known.add(value);
    all.set(name, known);
  }
  return new Map(
    Array.from(all, ([name, values]) => {
      const order = model.get(name) ?? [];
      const same = order.length === values.size && order.every((value) => values.has(value));
      return [name, same ? order : [...values]];
    }),
  );
}
