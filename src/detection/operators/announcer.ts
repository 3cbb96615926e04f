import type { Resource } from '../../record/record.ts';
import type { Time } from '../../record/time.ts';
import type { Attributes } from '../../record/value.ts';
import type { State } from '../../store/store.ts';
import type { Output } from '../output.ts';
import type { Plan } from '../plan/plan.ts';

/** Something to say, at most once for each `scope`. */
export interface Announcement {
  readonly kind: string;
  /** What it is said once for: the start of a window, say; empty: once at all. */
  readonly scope: string;
  /** As a `Notice` has it: no text of an event. */
  readonly message: string;
  readonly attributes?: Attributes;
  readonly time: Time;
  readonly resource: Resource;
}

/** Scopes that a subject remembers; then it forgets all of them. A notice said twice has the same id. */
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

  /** Says something about a plan. */
  ofPlan({ id, title }: Plan, said: Announcement): void {
    const named = { 'riskpipe.detection.id': id, 'security_rule.name': title };
    this.once(id, { ...said, attributes: { ...named, ...said.attributes } });
  }

  /** Says something about `subject`, which is the id of a plan, or the name of something else that is no such id. */
  once(subject: string, { kind, scope, message, attributes = {}, time, resource }: Announcement): void {
    const table = `detect/${this.#component}/told/${subject}`;
    const key = `${kind} ${scope}`;
    if (this.#state.get(table, key) !== undefined) return;
    if (this.#state.count(table) >= maxScopes) {
      for (const [old] of this.#state.scan(table)) this.#state.delete(table, old);
    }
    this.#state.put(table, key, true);
    const identity = [this.#component, subject, scope];
    this.#output.notice({ kind, message, identity, attributes, time }, resource);
  }
}
