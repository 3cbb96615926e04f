import type { Route } from './scan-tables.ts';

/** A route that was not the cheapest is tried again after so many periods; after each time in vain, twice as many. */
const firstPause = 32;
const longestPause = 1_024;
/** A route has to be so much cheaper to be taken: going back and forth costs, too. */
const margin = 0.95;

interface Attempt {
  /** For a byte, when it was last taken. */
  cost: number | undefined;
  /** Periods until it is tried again; undefined while it is the cheapest, or has just been tried. */
  pause: number | undefined;
  nextPause: number;
}

/**
 * Chooses how to look at lines, by what each way has cost: tries every one for a period, goes on with the cheapest, and
 * tries the others again now and then, as logs change. Depends on what it is told alone.
 */
export class RouteChoice {
  readonly #attempts: ReadonlyMap<Route, Attempt>;
  #current: Route;

  /** `routes`: the ones there are, in the order in which they are tried. */
  constructor(routes: readonly [Route, ...Route[]]) {
    this.#attempts = new Map(
      routes.map((route) => [route, { cost: undefined, pause: undefined, nextPause: firstPause }]),
    );
    this.#current = routes[0];
  }

  get current(): Route {
    return this.#current;
  }

  /** True if the current route is not the cheapest one known: it is tried. */
  get isTrial(): boolean {
    return this.#current !== this.#cheapest();
  }

  /** What each route cost for a byte when it was last taken; those that never were are left out. */
  get costs(): ReadonlyMap<Route, number> {
    const known = new Map<Route, number>();
    for (const [route, { cost }] of this.#attempts) if (cost !== undefined) known.set(route, cost);
    return known;
  }

  /** Ends a period, in which the current route cost `cost` for a byte. */
  next(cost: number): void {
    const attempt = this.#attempts.get(this.#current);
    if (attempt) attempt.cost = cost;
    const best = this.#cheapest();
    let next = best;
    for (const [route, other] of this.#attempts) {
      if (route === best) other.pause = undefined;
      else if (isDue(other)) next = route;
    }
    this.#current = next;
  }

  #cheapest(): Route {
    let best = this.#current;
    for (const [route, { cost }] of this.#attempts) {
      const least = this.#attempts.get(best)?.cost ?? Number.POSITIVE_INFINITY;
      if (cost !== undefined && cost < least * margin) best = route;
    }
    return best;
  }
}

/** True if a route that is not the cheapest is to be tried in the next period. */
function isDue(attempt: Attempt): boolean {
  if (attempt.cost === undefined) return true;
  if (attempt.pause === undefined) {
    attempt.pause = attempt.nextPause;
    attempt.nextPause = Math.min(attempt.nextPause * 2, longestPause);
  }
  if (attempt.pause-- > 0) return false;
  attempt.pause = undefined;
  return true;
}
