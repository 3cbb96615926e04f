import type { State, Store } from './store.ts';

/**
 * How much a counter rose while a member was there. What a detection has to account for are the lines that were
 * evaluated while it was configured: without this, an equation of counters would break with the first member that
 * comes later than its counter.
 */
type Stay = {
  /** Over all earlier stays. */
  readonly earlier: number;
  /** What the counter was when it came; null while it is away. */
  readonly since: number | null;
};

/**
 * Notes that `members`, and nobody else, are there in `scope` (a component, say) from now on. `amountOf`: what the
 * counter of a member is now. `wasThere`: a member of which nothing is noted was there from the beginning: a store may
 * be older than notes.
 */
export function attend(
  state: State,
  scope: string,
  members: readonly string[],
  amountOf: (member: string) => number,
  wasThere: (member: string) => boolean,
): void {
  const table = tableOf(scope);
  const present = new Set(members);
  const known = new Map(state.scan(table).map(([member, stay]) => [member, stay as Stay]));
  for (const [member, { earlier, since }] of known) {
    if (present.has(member) || since === null) continue;
    state.put(table, member, { earlier: earlier + amountOf(member) - since, since: null });
  }
  for (const member of present) {
    const stay = known.get(member);
    if (stay !== undefined && stay.since !== null) continue;
    const since = stay === undefined && wasThere(member) ? 0 : amountOf(member);
    state.put(table, member, { earlier: stay?.earlier ?? 0, since });
  }
}

/** How much the counter of `member`, which is `amount` now, rose while it was there; all of it if nobody took note. */
export function attended(store: Pick<Store, 'get'>, scope: string, member: string, amount: number): number {
  const stay = store.get(tableOf(scope), member) as Stay | undefined;
  if (stay === undefined) return amount;
  return stay.earlier + (stay.since === null ? 0 : amount - stay.since);
}

/** Whether anything was ever noted in `scope`. */
export const hasNotes = (state: Pick<State, 'count'>, scope: string): boolean =>
  state.count(tableOf(scope)) > 0;

const tableOf = (scope: string): string => `present/${scope}`;
