import type { Resource } from '../../record/record.ts';
import { fromMillis, type Time } from '../../record/time.ts';
import type { State } from '../../store/store.ts';
import type { FieldRef } from '../plan/field.ts';
import { neededBy } from '../plan/needed-by.ts';
import type { Needs, Plan } from '../plan/plan.ts';
import { Origins } from './origins.ts';
import type { Row } from './row.ts';
import type { Turn } from './turn.ts';

/** What was seen of what a plan needs, and how many lines it took. */
type Seen = {
  readonly lines: number;
  /** Events of the one resource it needs that were logged in too little detail. */
  readonly below: number;
  /** Writes of other resources, or of any if it needs no certain one: the log is not just a quiet one. */
  readonly writes: number;
  /** An event came as the plan needs it: it can see. Nothing more is counted. */
  readonly enough: boolean;
  /** Event time and resource of the last line, as texts. */
  readonly time: string;
  readonly source: string;
};

const levels = ['Metadata', 'Request', 'RequestResponse'];
const writing = new Set(['create', 'update', 'patch', 'delete']);
const patience = fromMillis(3_600_000);

/**
 * Notices when the audit policy starves a detection (spec/k8s-audit.md §7): lines come, but none of them can ever
 * satisfy it. Each plan that is blind is announced once. What a plan needs it says itself, or what it tests shows it.
 */
export class Coverage {
  readonly #plans: readonly (readonly [needs: Needs, plan: Plan])[];
  readonly #origins = new Origins();
  readonly #table: string;
  readonly #clock: string;
  readonly #enoughLines: number;

  /**
   * Judges after `enoughLines` lines, after every hour of wall time, and at the end: by ticks, which come only when
   * all there is has been read, so that the end of a backlog may still bring what its beginning lacks.
   */
  constructor(component: string, plans: readonly Plan[], enoughLines: number) {
    this.#plans = plans.flatMap((plan) => {
      const needs = plan.about.needs ?? neededBy(plan);
      return needs === undefined ? [] : [[needs, plan] as const];
    });
    this.#table = `detect/${component}/coverage`;
    this.#clock = `detect/${component}/clock`;
    this.#enoughLines = enoughLines;
  }

  /** One line more. `time`: its event time. */
  see(row: Row, time: Time, state: State): void {
    for (const [needs, plan] of this.#plans) {
      const before = this.#read(state, plan);
      if (before?.enough === true) continue;
      const source = this.#origins.encodeResource(row.resource);
      const after = withRow({ ...(before ?? nothing), time: time.toString(), source }, row, needs);
      state.put(this.#table, plan.id, after);
    }
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
    for (const [needs, plan] of this.#plans) {
      const seen = this.#read(state, plan);
      if (seen === undefined || seen.lines < lines) continue;
      announceIfBlind(plan, needs, seen, this.#origins.resource(seen.source), turn);
    }
  }

  #read(state: State, plan: Plan): Seen | undefined {
    // The table holds nothing else, and the store answers for its rows.
    return state.get(this.#table, plan.id) as Seen | undefined;
  }
}

const nothing = { lines: 0, below: 0, writes: 0, enough: false };

function withRow(seen: Seen, row: Row, needs: Needs): Seen {
  const resource = one(row, 'objectRef.resource');
  const needed = needs.resource === undefined || resource === needs.resource;
  const enough = needed && levels.indexOf(one(row, 'level')) >= levels.indexOf(needs.level);
  const below = needs.resource === resource && !enough;
  // Leases are written all the time, by an idle cluster too: they say nothing about what else is logged.
  const writes = !enough && !below && writing.has(one(row, 'verb')) && resource !== 'leases';
  return {
    ...seen,
    lines: seen.lines + 1,
    below: seen.below + Number(below),
    writes: seen.writes + Number(writes),
    enough,
  };
}

function announceIfBlind(plan: Plan, needs: Needs, seen: Seen, resource: Resource, turn: Turn): void {
  if (seen.enough || (seen.below === 0 && seen.writes === 0)) return;
  const { resource: name, level } = needs;
  const none = `none came at ${name === undefined ? 'that level' : 'all'}`;
  const came = seen.below === 0 ? none : `${seen.below} came, all of them below that level`;
  const what = name === undefined ? 'events' : `events of resource "${name}"`;
  const rule = name === undefined ? '' : `, resources: [{group: "", resources: ["${name}"]}]`;
  turn.announcer.ofPlan(plan, {
    kind: 'detection_blind',
    scope: '',
    message:
      `${plan.title} sees nothing: it needs ${what} at level ${level} or above, ` +
      `and of ${seen.lines} lines ${came}; the audit policy has to log them, with a rule before all others: ` +
      `- {level: ${level}${rule}}`,
    time: BigInt(seen.time),
    resource,
  });
}

function one(row: Row, name: string): string {
  const field: FieldRef = { name, arrays: 'hidden' };
  return row.texts(field)[0] ?? '';
}
