import type { Time } from '../../record/time.ts';
import type { State } from '../../store/store.ts';

/** How far event time has got: nothing older is expected. A view of the state for one call of the engine. */
export class Watermark {
  readonly #state: State;
  readonly #table: string;
  #time: Time | undefined;
  #moved = false;

  constructor(state: State, component: string) {
    this.#state = state;
    this.#table = `detect/${component}/clock`;
    const stored = state.get(this.#table, 'watermark');
    this.#time = typeof stored === 'string' ? BigInt(stored) : undefined;
  }

  /** Moves to `time`; never backwards. The state has it once it is saved. */
  raise(time: Time | undefined): void {
    if (time === undefined || (this.#time !== undefined && time <= this.#time)) return;
    this.#time = time;
    this.#moved = true;
  }

  /** Ends the call. */
  save(): void {
    if (this.#moved) this.#state.put(this.#table, 'watermark', String(this.#time));
    this.#moved = false;
  }

  /** True once event time has come to `time`: what closes then is closed. */
  passed(time: Time): boolean {
    return this.#time !== undefined && time <= this.#time;
  }
}
