import type { Time } from '../../record/time.ts';
import type { State } from '../../store/store.ts';
import type { Needs } from '../plan/plan.ts';
import type { Origins } from './origins.ts';
import type { Predicate } from './predicate.ts';
import type { Row } from './row.ts';

/** What some plans need, and by which probes to tell whether it comes: their indices (`Probes`). */
export interface Watched {
  /** Of its row in the state. */
  readonly key: string;
  readonly needs: Needs;
  readonly probes: {
    readonly enough: number;
    readonly below: number | undefined;
    readonly written: number;
  };
}

/** What was seen of what plans need, and how many lines it took. */
export type Seen = {
  readonly lines: number;
  /** An event of the one resource that it needs came, in too little detail. */
  readonly below: boolean;
  /** Something else was written. */
  readonly written: boolean;
  /** An event came as they need it: they can see. Nothing more is counted. */
  readonly enough: boolean;
  /** Event time and resource of the first event that says that something is missing, as texts. */
  readonly since: readonly [time: string, resource: string] | null;
};

const nothing: Seen = { lines: 0, below: false, written: false, enough: false, since: null };

/**
 * What the lines of one batch show of what plans need. Only a line for which one of the `open` probes holds makes a
 * difference: others need not be shown, but have to be counted.
 */
export class CoverageWatch {
  /** Indices of the probes whose answer is not known yet, as it was before the batch. */
  readonly open: ReadonlySet<number>;
  readonly #state: State;
  readonly #table: string;
  readonly #tests: readonly Predicate[];
  readonly #origins: Origins;
  readonly #seen: { readonly watched: Watched; seen: Seen }[];
  /** What the row at hand says to the probes that it was asked for. */
  #answers: (boolean | undefined)[] = [];

  constructor(
    state: State,
    table: string,
    watched: readonly Watched[],
    tests: readonly Predicate[],
    origins: Origins,
  ) {
    this.#state = state;
    this.#table = table;
    this.#tests = tests;
    this.#origins = origins;
    this.#seen = watched
      .map((it) => ({ watched: it, seen: seenOf(state, table, it.key) ?? nothing }))
      .filter(({ seen }) => !seen.enough);
    this.open = new Set(this.#seen.flatMap((it) => openProbes(it.watched, it.seen)));
  }

  /** An event of time `time`. */
  see(row: Row, time: Time): void {
    if (this.#seen.length === 0) return;
    this.#answers = [];
    for (const entry of this.#seen) {
      if (!entry.seen.enough) entry.seen = this.#with(entry.watched, entry.seen, row, time);
    }
  }

  /** Ends the batch, which had `lines` lines. */
  save(lines: number): void {
    if (lines === 0) return;
    for (const { watched, seen } of this.#seen) {
      const after = seen.enough ? seen : { ...seen, lines: seen.lines + lines };
      this.#state.put(this.#table, watched.key, after);
    }
  }

  #with({ probes }: Watched, seen: Seen, row: Row, time: Time): Seen {
    if (this.#holds(probes.enough, row)) return { ...nothing, enough: true };
    const below = seen.below || (probes.below !== undefined && this.#holds(probes.below, row));
    const written = seen.written || this.#holds(probes.written, row);
    if (below === seen.below && written === seen.written) return seen;
    const since = seen.since ?? [time.toString(), this.#origins.encodeResource(row.resource)];
    return { ...seen, below, written, since };
  }

  #holds(probe: number, row: Row): boolean {
    return (this.#answers[probe] ??= this.#tests[probe]?.(row.texts) ?? false);
  }
}

function openProbes({ probes }: Watched, { below, written }: Seen): readonly number[] {
  const open = [probes.enough];
  if (!below && probes.below !== undefined) open.push(probes.below);
  if (!written) open.push(probes.written);
  return open;
}

export function seenOf(state: State, table: string, key: string): Seen | undefined {
  // The table holds nothing else, and the store answers for its rows.
  return state.get(table, key) as Seen | undefined;
}
