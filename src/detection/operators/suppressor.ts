import { hashOf } from '../../record/hash.ts';
import { formatTime, fromMillis, type Time } from '../../record/time.ts';
import type { Stored } from '../../store/store.ts';
import { formatDuration } from '../../util/duration.ts';
import { bounded } from '../bounded.ts';
import type { Finding } from '../finding.ts';
import type { Plan, Suppress } from '../plan/plan.ts';
import { findingAge } from '../plan/finding-age.ts';
import { keyOf } from './combinations.ts';
import type { Keeper } from './keeper.ts';
import type { Limits } from './limits.ts';
import { Origins } from './origins.ts';
import { Panes, type Pane } from './panes.ts';
import { product, productSize } from './product.ts';
import { shown } from './sealed.ts';
import type { Turn } from './turn.ts';

/** A finding that passed with a combination, and what it has kept from passing since. */
type Passed = {
  readonly at: string;
  readonly values: readonly string[];
  readonly held: number;
  readonly to: string;
  /** Resource of the finding, as `Origins` writes it. */
  readonly source: string;
};

/**
 * Lets one finding per combination of columns pass in each period, counted from the one that passed (spec/spl.md
 * §5.5): in event time, or by the runs of the schedule where one makes the findings. A finding that holds several combinations passes if one of them may: a list must not hide what
 * is new in it. When a period is over, a notice says how many findings it held back.
 */
export class Suppressor implements Keeper {
  readonly name: string;
  readonly atEnd = 'expire';
  readonly #plan: Plan;
  readonly #step: Suppress;
  readonly #limits: Limits;
  readonly #panes: Panes;
  readonly #origins = new Origins();
  readonly #period: Time;

  constructor(component: string, plan: Plan, step: Suppress, limits: Limits) {
    const shape = hashOf(String(step.period), ...step.by).slice(0, 12);
    this.name = `detect/${component}/suppress/${plan.id}/${shape}`;
    this.#plan = plan;
    this.#step = step;
    this.#limits = limits;
    // A finding may be older than the watermark by as much as its window is long and waits.
    const keep = step.period + findingAge(plan);
    this.#panes = new Panes(this.name, { size: step.period, offset: 0, keep });
    this.#period = fromMillis(step.period);
  }

  /** True if the finding may pass. */
  admit(finding: Finding, turn: Turn): boolean {
    const lists = this.#step.by.map((name) => finding.columns.get(name) ?? ['']);
    const combinations = [...product(lists, this.#limits.combinations)];
    const time = clockOf(finding);
    const holding = combinations.map((values) => this.#find(keyOf(values), time, turn));
    const fresh = combinations.filter((_, index) => holding[index] === undefined);
    const [first] = holding;
    if (fresh.length === 0 && first !== undefined && productSize(lists) <= this.#limits.combinations) {
      const to = BigInt(first.passed.to) > time ? first.passed.to : time.toString();
      turn.rows.put(first.pane.table, first.key, { ...first.passed, held: first.passed.held + 1, to });
      return false;
    }
    for (const values of fresh) this.#remember(finding, values, turn);
    return true;
  }

  expire(_pane: Pane, key: string, value: Stored, turn: Turn): void {
    const { at, values, held, to, source } = value as Passed;
    if (held === 0) return;
    const [from, until] = [formatTime(BigInt(at)), formatTime(BigInt(to))];
    const fields = this.#step.by.map((name, index) => [name, shown([values[index] ?? ''])[0] ?? ''] as const);
    turn.announcer.ofPlan(this.#plan, {
      kind: 'suppressed',
      scope: `${from} ${key}`,
      message: `${this.#plan.title}: ${held} more findings up to ${until} with the same ${this.#step.by.join(', ')} as one at ${from}; one passes in ${formatDuration(this.#step.period)}`,
      attributes: bounded({ 'finding.count': held, 'finding.fields': Object.fromEntries(fields) }),
      time: BigInt(to),
      resource: this.#origins.resource(source),
    });
  }

  /** What keeps a combination from passing at `time`; there is at most one a pane, as a pane is one period long. */
  #find(key: string, time: Time, turn: Turn): { pane: Pane; key: string; passed: Passed } | undefined {
    for (const pane of this.#panes.around(time)) {
      const stored = turn.rows.get(pane.table, key);
      if (stored === undefined) continue;
      const passed = stored as Passed;
      const since = time - BigInt(passed.at);
      if (since < this.#period && since > -this.#period) return { pane, key, passed };
    }
    return undefined;
  }

  #remember(finding: Finding, values: readonly string[], turn: Turn): void {
    const { resource } = finding;
    const time = clockOf(finding);
    const pane = this.#panes.at(time);
    if (turn.rows.size(pane.table) >= this.#limits.groups) {
      turn.announcer.ofPlan(this.#plan, {
        kind: 'suppression_full',
        scope: formatTime(pane.start),
        message: `${this.#plan.title}: more than ${this.#limits.groups} combinations to suppress; further findings pass`,
        time,
        resource,
      });
      return;
    }
    turn.agenda.add(this.name, pane);
    const at = time.toString();
    const source = this.#origins.encodeResource(resource);
    turn.rows.put(pane.table, keyOf(values), { at, values, held: 0, to: at, source });
  }
}

/** The time that a period is counted in. */
const clockOf = ({ time, window }: Finding): Time => window?.run ?? time;
