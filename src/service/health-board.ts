import type { Health, HealthReport } from '../pipeline/component.ts';
import type { Logger } from '../pipeline/logger.ts';
import { formatTime, type Time } from '../record/time.ts';
import { printable } from '../util/printable.ts';

interface Trouble {
  readonly problem: string;
  readonly since: Time;
}

/** Collects what components say stands in their way, and logs when health changes. */
export class HealthBoard implements Health {
  readonly #log: Logger;
  readonly #now: () => Time;
  readonly #troubles = new Map<string, Trouble>();
  #since: Time;

  /** `now`: wall time, for what people read. */
  constructor(log: Logger, now: () => Time) {
    this.#log = log;
    this.#now = now;
    this.#since = now();
  }

  /** What of its own life keeps the service from work, such as its start: no trouble, so it is not logged. */
  enter(phase: string | undefined): void {
    this.#put('service', phase);
  }

  set(component: string, problem: string | undefined): void {
    const isNew = !this.#troubles.has(component);
    this.#put(component, problem);
    if (problem === undefined && !isNew) this.#log.info(`healthy again: ${component}`);
    if (problem !== undefined && isNew) this.#log.warn(`unhealthy: ${component}: ${printable(problem)}`);
  }

  /** Reasons in the order of the components' names; safe to show on a terminal. */
  report(): HealthReport {
    const reasons = [...this.#troubles]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([component, { problem, since }]) => ({
        component,
        problem: printable(problem),
        since: formatTime(since),
      }));
    const status = reasons.length === 0 ? 'healthy' : 'unhealthy';
    return { status, since: formatTime(this.#since), reasons };
  }

  #put(component: string, problem: string | undefined): void {
    const known = this.#troubles.get(component);
    const wasHealthy = this.#troubles.size === 0;
    const now = this.#now();
    if (problem === undefined) this.#troubles.delete(component);
    else this.#troubles.set(component, { problem, since: known?.since ?? now });
    if (wasHealthy !== (this.#troubles.size === 0)) this.#since = now;
  }
}
