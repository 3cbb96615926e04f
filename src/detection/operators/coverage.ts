import type { Resource } from '../../record/record.ts';
import { fromMillis, type Time } from '../../record/time.ts';
import type { State } from '../../store/store.ts';
import type { Expr } from '../plan/expr.ts';
import { neededBy } from '../plan/needed-by.ts';
import type { Needs, Plan } from '../plan/plan.ts';
import { CoverageWatch, seenOf, type Seen, type Watched } from './coverage-watch.ts';
import { Origins } from './origins.ts';
import { compilePredicate, type Predicate } from './predicate.ts';
import { probesFor } from './probes.ts';
import type { Turn } from './turn.ts';

const patience = fromMillis(3_600_000);

/**
 * Notices when the audit policy starves a detection (spec/k8s-audit.md §7): lines come, but none of them can ever
 * satisfy it. Each plan that is blind is announced once. What a plan needs it says itself, or what it tests shows it.
 */
export class Coverage {
  /** What lines are tried for, each once. */
  readonly probes: readonly Expr[];
  readonly #tests: readonly Predicate[];
  readonly #watched: readonly Watched[];
  readonly #plans: readonly (readonly [plan: Plan, watched: Watched])[];
  readonly #origins = new Origins();
  readonly #table: string;
  readonly #clock: string;
  readonly #enoughLines: number;

  /**
   * Judges after `enoughLines` lines, after every hour of wall time, and at the end: by ticks, which come only when
   * all there is has been read, so that the end of a backlog may still bring what its beginning lacks.
   */
  constructor(component: string, plans: readonly Plan[], enoughLines: number) {
    const probes = new Map<string, { readonly where: Expr; readonly index: number }>();
    const indexOf = (where: Expr): number => {
      const key = JSON.stringify(where);
      const known = probes.get(key) ?? { where, index: probes.size };
      probes.set(key, known);
      return known.index;
    };
    const watched = new Map<string, Watched>();
    this.#plans = plans.flatMap((plan) => {
      const needs = plan.about.needs ?? neededBy(plan);
      if (needs === undefined) return [];
      const key = JSON.stringify([needs.resource ?? null, needs.level]);
      const known = watched.get(key) ?? watchedOf(key, needs, indexOf);
      watched.set(key, known);
      return [[plan, known]];
    });
    this.#watched = [...watched.values()];
    this.probes = [...probes.values()].map(({ where }) => where);
    this.#tests = this.probes.map(compilePredicate);
    this.#table = `detect/${component}/coverage`;
    this.#clock = `detect/${component}/clock`;
    this.#enoughLines = enoughLines;
  }

  /** A look at the lines of one batch. */
  watch(state: State): CoverageWatch {
    return new CoverageWatch(state, this.#table, this.#watched, this.#tests, this.#origins);
  }

  /** Wall time moves on: judges by what came, once an hour, the first time an hour after the first line. */
  tick(state: State, turn: Turn): void {
    if (state.count(this.#table) === 0) return;
    const judged = state.get(this.#clock, 'judged');
    const soon = typeof judged === 'string' && turn.now - BigInt(judged) < patience;
    if (!soon) state.put(this.#clock, 'judged', turn.now.toString());
    this.judge(state, turn, typeof judged === 'string' && !soon ? 0 : this.#enoughLines);
  }

  /** Judges by what came, if it was at least so many lines. */
  judge(state: State, turn: Turn, lines = 0): void {
    for (const [plan, { key, needs }] of this.#plans) {
      const seen = seenOf(state, this.#table, key);
      if (seen === undefined || seen.enough || seen.since === null || seen.lines < lines) continue;
      const [time, source] = seen.since;
      announceBlind(
        plan,
        needs,
        seen,
        { time: BigInt(time), resource: this.#origins.resource(source) },
        turn,
      );
    }
  }
}

function watchedOf(key: string, needs: Needs, indexOf: (probe: Expr) => number): Watched {
  const { enough, below, written } = probesFor(needs);
  const probes = { enough: indexOf(enough), below: below && indexOf(below), written: indexOf(written) };
  return { key, needs, probes };
}

function announceBlind(
  plan: Plan,
  { resource: name, level }: Needs,
  { below, lines }: Seen,
  at: { readonly time: Time; readonly resource: Resource },
  turn: Turn,
): void {
  const none = `none came at ${name === undefined ? 'that level' : 'all'}`;
  const came = below ? 'all that came were below that level' : none;
  const what = name === undefined ? 'events' : `events of resource "${name}"`;
  const rule = name === undefined ? '' : `, resources: [{group: "", resources: ["${name}"]}]`;
  turn.announcer.ofPlan(plan, {
    kind: 'detection_blind',
    scope: '',
    message:
      `${plan.title} sees nothing: it needs ${what} at level ${level} or above, ` +
      `and of ${lines} lines ${came}; the audit policy has to log them, with a rule before all others: ` +
      `- {level: ${level}${rule}}`,
    ...at,
  });
}
