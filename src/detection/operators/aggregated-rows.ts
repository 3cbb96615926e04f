import { hashOf } from '../../record/hash.ts';
import type { Time } from '../../record/time.ts';
import { unreachable } from '../../util/assert.ts';
import type { Aggregate, Having, Plan } from '../plan/plan.ts';
import { Aggregation, type Arrival } from './aggregation.ts';
import { combinationsOf } from './combinations.ts';
import { groupLayout } from './group.ts';
import { Grouping } from './grouping.ts';
import { Panes } from './panes.ts';
import type { Around, Emit, RowConsumer } from './row-consumer.ts';
import type { Row } from './row.ts';
import { SessionWindows } from './session-windows.ts';
import { SlidingWindows } from './sliding-windows.ts';
import { TumblingWindows } from './tumbling-windows.ts';
import type { Turn } from './turn.ts';
import type { WindowOperator } from './window-operator.ts';

/** The aggregate of a plan, perhaps with having: counts rows in the windows that it names. */
export class AggregatedRows implements RowConsumer {
  readonly keeper: WindowOperator;
  readonly #aggregate: Aggregate;
  readonly #grouping: Grouping;
  readonly #aggregation: Aggregation;

  constructor(
    plan: Plan,
    { aggregate, having }: { readonly aggregate: Aggregate; readonly having: Having | undefined },
    around: Around,
    emit: Emit,
  ) {
    const shape = hashOf(JSON.stringify([groupLayout, plan.mode, aggregate, having ?? null])).slice(0, 12);
    this.#aggregate = aggregate;
    this.#grouping = new Grouping(aggregate, having, around.limits);
    this.#aggregation = new Aggregation({
      plan,
      grouping: this.#grouping,
      limits: around.limits,
      path: `detect/${around.component}/${aggregate.window.kind}/${plan.id}/${shape}`,
      conditional: having !== undefined,
      leavesFirst: plan.mode === 'streaming' && aggregate.emit !== 'close',
      leavesAtClose: plan.mode === 'scheduled' || aggregate.emit !== 'first',
      emit,
    });
    this.keeper = windowsOf(this.#aggregation, aggregate);
  }

  /** False if the row lacks a field to group by. */
  push(row: Row, time: Time, turn: Turn): boolean {
    const combinations = combinationsOf(row, this.#aggregate.by, this.#aggregation.limits.combinations);
    if (combinations === undefined) return false;
    const { leavesAtClose } = this.#aggregation;
    const arrival: Arrival = {
      row,
      time,
      combinations,
      pane: this.keeper.panes.at(time),
      // A finding at the close needs what this event says of itself.
      groupOf: (combination) => this.#grouping.of(row, time, combination, leavesAtClose),
    };
    if (combinations.cut) this.#aggregation.announceFanOut(arrival, turn);
    this.keeper.push(arrival, turn);
    return true;
  }
}

function windowsOf(aggregation: Aggregation, { window }: Aggregate): WindowOperator {
  switch (window.kind) {
    case 'tumbling': {
      const { every, offset, lateness } = window;
      const panes = new Panes(aggregation.path, { size: every, offset, keep: lateness });
      return new TumblingWindows(aggregation, panes);
    }
    case 'sliding':
      return new SlidingWindows(aggregation, window);
    case 'session':
      return new SessionWindows(aggregation, window);
    default:
      return unreachable(window);
  }
}
