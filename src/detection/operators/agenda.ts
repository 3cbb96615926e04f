import type { Time } from '../../record/time.ts';
import type { State, Stored } from '../../store/store.ts';
import type { Pane } from './panes.ts';

/** A pane that holds something, and the name of the operator that put it there. */
export interface OpenPane extends Pane {
  readonly keeper: string;
}

/**
 * The index of open panes, so that what the watermark passes is found without looking at every group. A view of the
 * state for one call of the engine.
 */
export class Agenda {
  readonly #state: State;
  readonly #table: string;
  readonly #open = new Map<string, OpenPane>();
  #soonest: Time | undefined;

  constructor(state: State, component: string) {
    this.#state = state;
    this.#table = `detect/${component}/open`;
    for (const [table, row] of state.scan(this.#table)) this.#remember(readPane(table, row));
  }

  /** When the next pane closes; undefined if none is open. */
  get soonest(): Time | undefined {
    return this.#soonest;
  }

  add(keeper: string, pane: Pane): void {
    if (this.#open.has(pane.table)) return;
    const { start, end, closes } = pane;
    this.#state.put(this.#table, pane.table, [keeper, start, end, closes].map(String));
    this.#remember({ ...pane, keeper });
  }

  remove(pane: Pane): void {
    this.#open.delete(pane.table);
    this.#state.delete(this.#table, pane.table);
    this.#soonest = [...this.#open.values()].reduce(sooner, undefined);
  }

  /** All open panes, in no order that means anything. */
  panes(): readonly OpenPane[] {
    return [...this.#open.values()];
  }

  /** The open panes of one operator, oldest first. */
  of(keeper: string): readonly OpenPane[] {
    return this.panes()
      .filter((pane) => pane.keeper === keeper)
      .sort((a, b) => (a.end < b.end ? -1 : 1));
  }

  #remember(pane: OpenPane): void {
    this.#open.set(pane.table, pane);
    this.#soonest = sooner(this.#soonest, pane);
  }
}

const sooner = (soonest: Time | undefined, { closes }: Pane): Time =>
  soonest === undefined || closes < soonest ? closes : soonest;

function readPane(table: string, row: Stored): OpenPane {
  const [keeper, start, end, closes] = row as readonly [string, string, string, string];
  return { table, keeper, start: BigInt(start), end: BigInt(end), closes: BigInt(closes) };
}
