import type { Host } from './component.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/** As much as a unit of work should hold (design §3). */
const mostBytes = 8 * 2 ** 20;

interface Waiting<Item> {
  readonly item: Item;
  readonly bytes: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Units of work that several callers share: what comes while one is being committed goes into the next one together,
 * so that they wait for the disk once.
 */
export class SharedWork<Item> {
  readonly #host: Pick<Host, 'work'>;
  readonly #consume: (item: Item, work: UnitOfWork) => Promise<void>;
  readonly #waiting: Waiting<Item>[] = [];
  /** Of what is waiting or being committed. */
  #bytes = 0;
  /** The unit of work that is under way; never rejects. */
  #unit: Promise<void> | undefined;

  constructor(host: Pick<Host, 'work'>, consume: (item: Item, work: UnitOfWork) => Promise<void>) {
    this.#host = host;
    this.#consume = consume;
  }

  /** Resolves once there is room for one more item, however large. */
  async room(): Promise<void> {
    while (this.#bytes >= mostBytes) await this.#unit;
  }

  /**
   * Resolves once `item`, which takes so many bytes of memory, has been consumed and is durable. Rejects if it cannot
   * be stored now; nothing of it happened then. Items are consumed in the order in which they come.
   */
  add(item: Item, bytes: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, bytes, resolve, reject });
      this.#bytes += bytes;
      if (this.#unit === undefined) this.#next();
    });
  }

  #next(): void {
    const first = this.#waiting.shift();
    this.#unit = first && this.#together(first).then(() => this.#next());
  }

  async #together(first: Waiting<Item>): Promise<void> {
    const taken = [first];
    try {
      await this.#host.work(async (work) => {
        await this.#consume(first.item, work);
        for (let more; !work.isFull() && (more = this.#waiting.shift()) !== undefined;) {
          taken.push(more);
          await this.#consume(more.item, work);
        }
      });
      for (const one of taken) this.#settle(one, one.resolve);
    } catch (error) {
      if (taken.length === 1) this.#settle(first, () => first.reject(error));
      else for (const one of taken) await this.#alone(one);
    }
  }

  /** One may have failed all: each is tried in a unit of its own. */
  async #alone(one: Waiting<Item>): Promise<void> {
    try {
      await this.#host.work((work) => this.#consume(one.item, work));
      this.#settle(one, one.resolve);
    } catch (error) {
      this.#settle(one, () => one.reject(error));
    }
  }

  #settle({ bytes }: Waiting<Item>, tell: () => void): void {
    this.#bytes -= bytes;
    tell();
  }
}
