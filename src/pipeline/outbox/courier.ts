import { decodeRecord } from '../../record/codec.ts';
import { reasonOf } from '../../util/reason-of.ts';
import type { Destination, Outcome } from './destination.ts';
import type { Segment } from './lane.ts';
import { stubOf } from './stub.ts';

/** Goes to a destination, and comes back with an outcome whatever happens there. */
export class Courier {
  readonly #destination: Destination;
  readonly #impatient = new AbortController();

  constructor(destination: Destination) {
    this.#destination = destination;
  }

  /** Rejects if a row cannot be read: that is a broken store, and no reason to wait. */
  async deliver({ rows, stubFor }: Segment): Promise<Outcome> {
    const records = rows.map(({ value }) => {
      const record = decodeRecord(value);
      return stubFor === undefined ? record : stubOf(record, value);
    });
    return this.#ask((signal) => this.#destination.deliver(records, signal));
  }

  /** Whether a parked queue may go on. Undefined if this destination cannot be asked. */
  async probe(): Promise<Outcome | undefined> {
    const ask = this.#destination.probe?.bind(this.#destination);
    return ask && this.#ask(ask);
  }

  /** Cuts short what is under way, and all that comes. */
  abort(): void {
    this.#impatient.abort();
  }

  async #ask(ask: (signal: AbortSignal) => Promise<Outcome>): Promise<Outcome> {
    try {
      return await ask(this.#impatient.signal);
    } catch (error) {
      return { kind: 'wait', reason: reasonOf(error) };
    }
  }
}
