import { noResource, type Resource } from '../../record/record.ts';
import type { Time } from '../../record/time.ts';
import type { State } from '../../store/store.ts';
import type { Needs, Plan } from '../plan/plan.ts';
import type { FieldRef } from '../plan/field.ts';
import type { Row } from './row.ts';
import type { Turn } from './turn.ts';

/** What was seen of what a plan needs, and how many lines it took. */
type Seen = {
  readonly lines: number;
  /** Events of the resource that were logged in too little detail. */
  readonly below: number;
  /** Writes of other resources: the log is not just a quiet one. */
  readonly writes: number;
  /** An event of the resource came as the plan needs it: it can see. Nothing more is counted. */
  readonly enough: boolean;
  /** Event time of the last line. */
  readonly time: string;
};

const nothing: Seen = { lines: 0, below: 0, writes: 0, enough: false, time: '0' };
const levels = ['Metadata', 'Request', 'RequestResponse'];
const writing = new Set(['create', 'update', 'patch', 'delete']);

/**
 * Notices when the audit policy starves a detection (spec/k8s-audit.md §7): lines come, but none of them can ever
 * satisfy it. Each plan that is blind is announced once.
 */
export class Coverage {
  readonly #plans: readonly (readonly [needs: Needs, plan: Plan])[];
  readonly #component: string;
  readonly #enoughLines: number;

  /** Judges after `enoughLines` lines, and at the end. */
  constructor(component: string, plans: readonly Plan[], enoughLines: number) {
    this.#plans = plans.flatMap((plan) => {
      const { needs } = plan.about;
      return needs === undefined ? [] : [[needs, plan] as const];
    });
    this.#component = component;
    this.#enoughLines = enoughLines;
  }

  /** One line more. `time`: its event time. */
  see(row: Row, time: Time, state: State, turn: Turn): void {
    for (const [needs, plan] of this.#plans) {
      const before = this.#read(state, plan);
      if (before.enough) continue;
      const after = { ...withRow(before, row, needs), time: time.toString() };
      state.put(this.#table, plan.id, after);
      if (after.lines >= this.#enoughLines) announceIfBlind(plan, needs, after, row.resource, turn);
    }
  }

  /** The input has ended: judges by what came, however little it was. */
  end(state: State, turn: Turn): void {
    for (const [needs, plan] of this.#plans) {
      announceIfBlind(plan, needs, this.#read(state, plan), noResource, turn);
    }
  }

  #read(state: State, plan: Plan): Seen {
    // The table holds nothing else, and the store answers for its rows.
    return (state.get(this.#table, plan.id) ?? nothing) as Seen;
  }

  get #table(): string {
    return `detect/${this.#component}/coverage`;
  }
}

function withRow(seen: Seen, row: Row, needs: Needs): Seen {
  const lines = seen.lines + 1;
  const resource = one(row, 'objectRef.resource');
  if (resource === needs.resource) {
    const enough = levels.indexOf(one(row, 'level')) >= levels.indexOf(needs.level);
    return { ...seen, lines, enough, below: seen.below + (enough ? 0 : 1) };
  }
  // Leases are written all the time, by an idle cluster too: they say nothing about what else is logged.
  const writes = writing.has(one(row, 'verb')) && resource !== 'leases' ? 1 : 0;
  return { ...seen, lines, writes: seen.writes + writes };
}

function announceIfBlind(
  plan: Plan,
  { resource, level }: Needs,
  seen: Seen,
  source: Resource,
  turn: Turn,
): void {
  if (seen.enough || (seen.below === 0 && seen.writes === 0)) return;
  const came = seen.below === 0 ? 'none came at all' : `${seen.below} came, all of them below that level`;
  turn.announcer.once(plan, {
    kind: 'detection_blind',
    scope: '',
    message:
      `${plan.title} sees nothing: it needs events of resource "${resource}" at level ${level} or above, ` +
      `and of ${seen.lines} lines ${came}; the audit policy has to log them, with a rule before all others: ` +
      `- {level: ${level}, resources: [{group: "", resources: ["${resource}"]}]}`,
    time: BigInt(seen.time),
    resource: source,
  });
}

function one(row: Row, name: string): string {
  const field: FieldRef = { name, arrays: 'hidden' };
  return row.texts(field)[0] ?? '';
}
