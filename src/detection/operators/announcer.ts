import type { Resource } from '../../record/record.ts';
import type { Time } from '../../record/time.ts';
import type { State } from '../../store/store.ts';
import type { Output } from '../output.ts';
import type { Plan } from '../plan/plan.ts';

/** Something to say about a plan, at most once for each `scope`. */
export interface Announcement {
  readonly kind: string;
  /** What it is said once for: the start of a window, say; empty: once at all. */
  readonly scope: string;
  readonly message: string;
  readonly time: Time;
  readonly resource: Resource;
}

/** Scopes that a plan remembers; then it forgets all of them. A notice said twice has the same id. */
const maxScopes = 10_000;

/** Says notices once, also across restarts. */
export class Announcer {
  readonly #state: State;
  readonly #output: Output;
  readonly #component: string;

  constructor(state: State, output: Output, component: string) {
    this.#state = state;
    this.#output = output;
    this.#component = component;
  }

  once(plan: Plan, { kind, scope, message, time, resource }: Announcement): void {
    const table = `detect/${this.#component}/told/${plan.id}`;
    const key = `${kind} ${scope}`;
    if (this.#state.get(table, key) !== undefined) return;
    if (this.#state.count(table) >= maxScopes) {
      for (const [old] of this.#state.scan(table)) this.#state.delete(table, old);
    }
    this.#state.put(table, key, true);
    const attributes = { 'security_rule.name': plan.title };
    const identity = [this.#component, plan.id, scope];
    this.#output.notice({ kind, message, identity, attributes, time }, resource);
  }
}
