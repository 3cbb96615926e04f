import type { Queued, Store } from '../../store/store.ts';
import type { HeldBack } from './held-back.ts';
import type { OutboxOptions } from './options.ts';

/** Records that go in one request. */
export interface Segment {
  readonly rows: readonly Queued[];
  /** Why the record cannot go as it is: a stub goes in its place (`stub.ts`). Then it is the only one. */
  readonly stubFor?: Refusal;
  /** It is one record that was held back, and is tried again. */
  readonly again?: true;
}

/** Why a backend does not take a record. */
export interface Refusal {
  readonly reason: string;
  readonly status?: number;
}

interface Pending extends Segment {
  /** The one behind it is the other half of a request that was refused. */
  readonly elder: boolean;
  /** It must hold a record that is refused: to send it whole would say nothing new. */
  bad: boolean;
  /** The backend has said which record of the whole it refuses, and is not believed a second time. */
  readonly told?: boolean;
}

/** After a partial success so many deliveries of one record each, to learn which one it is (W16). */
const carefulDeliveries = 64;

/** By so much a request may be larger after each that was taken: one in sixteen may be too large again. */
const growth = 1 / 16;

/**
 * One queue of an outbox, from the side where it leaves. A request that is refused is halved until the record that
 * the backend does not take stands alone: for n records and one such record at most 2 log2 n + 1 requests (W17).
 * What is pending is still in the store, so a restart begins with the whole again.
 */
export class Lane {
  readonly queue: string;
  readonly held: HeldBack;
  readonly #pending: Pending[] = [];
  #careful = 0;
  /** Most records that the size of a request allows, as far as is known. */
  #most = Infinity;

  constructor(queue: string, held: HeldBack) {
    this.queue = queue;
    this.held = held;
  }

  /** In the middle of a request that had to be divided. */
  get divided(): boolean {
    return this.#pending.length > 0;
  }

  get careful(): boolean {
    return this.#careful > 0;
  }

  /** How many records there are that are not held back. */
  open(store: Pick<Store, 'length'>): number {
    return store.length(this.queue) - this.held.size;
  }

  /** There is something to send now. */
  ready(store: Pick<Store, 'length'>): boolean {
    return this.held.turn !== undefined || this.open(store) > 0;
  }

  /** What to send next. Undefined if nothing is ready. */
  async head(
    store: Store,
    { maxRecords, maxBytes }: Pick<OutboxOptions, 'maxRecords' | 'maxBytes'>,
  ): Promise<Segment | undefined> {
    const { turn } = this.held;
    if (turn !== undefined && this.#pending[0]?.again !== true) {
      const rows = await store.peek(this.queue, turn - 1, 1);
      this.#pending.unshift({ rows, elder: false, bad: false, again: true });
    }
    if (this.#pending.length === 0) {
      const most = this.careful ? 1 : Math.min(maxRecords, Math.floor(this.#most));
      const rows = await store.peek(this.queue, this.held.last, most);
      if (rows.length === 0) return undefined;
      this.#pending.push({ rows: withinBytes(rows, maxBytes), elder: false, bad: false });
    }
    while (this.#pending[0]?.bad === true && this.#pending[0].rows.length > 1) this.#halve(true);
    return this.#pending[0];
  }

  /** The head has left. */
  delivered(): void {
    const head = this.#leave();
    if (head?.again !== true) this.held.passed();
    if (this.#careful > 0) this.#careful--;
    this.#most += growth;
    const [next] = this.#pending;
    if (head?.elder === true && next !== undefined) next.bad = true;
  }

  /** The head is set aside. */
  buried(): void {
    this.#leave();
  }

  /** The head, one record, is held back: others go past it. */
  pass(): void {
    const head = this.#pending.shift();
    const number = head?.rows[0]?.number;
    if (head?.again === true) this.held.refused();
    else if (number !== undefined) this.held.hold(number);
  }

  /** The head holds a record that is refused, at index `at` if that is known. False if it is that record. */
  bisect(at?: number): boolean {
    return this.#isolate(at) || this.#halve(true);
  }

  /** The head is too large. False if it is one record. */
  shrink(): boolean {
    const size = this.#pending[0]?.rows.length ?? 0;
    if (size > 1) this.#most = Math.ceil(size / 2);
    return this.#halve(false);
  }

  /** The head, one record, goes as a stub. */
  replace(stubFor: Refusal): void {
    const head = this.#pending.shift();
    if (head !== undefined) this.#pending.unshift({ ...head, stubFor });
  }

  /** For a while one record at a time. */
  beCareful(): void {
    this.#careful = carefulDeliveries;
  }

  #leave(): Pending | undefined {
    const head = this.#pending.shift();
    if (head?.again === true) this.held.left();
    return head;
  }

  /** What a backend says wrongly costs three requests, as each part of a request that it told of is halved. */
  #isolate(at: number | undefined): boolean {
    const [head] = this.#pending;
    if (head === undefined || at === undefined || head.told === true) return false;
    const { rows } = head;
    if (rows.length < 2 || at < 0 || at >= rows.length) return false;
    const parts = [rows.slice(0, at), rows.slice(at, at + 1), rows.slice(at + 1)];
    const filled = parts.filter((part) => part.length > 0);
    this.#pending.splice(
      0,
      1,
      ...filled.map((part) => ({ rows: part, elder: false, bad: false, told: true })),
    );
    return true;
  }

  #halve(refused: boolean): boolean {
    const [head] = this.#pending;
    if (head === undefined || head.rows.length < 2) return false;
    const { rows, told = false } = head;
    const middle = rows.length >> 1;
    this.#pending.splice(
      0,
      1,
      { rows: rows.slice(0, middle), elder: refused, bad: false, told },
      // What stands behind a head that was too large is not its other half.
      { rows: rows.slice(middle), elder: false, bad: false, told },
    );
    return true;
  }
}

/** The first rows, at least one, that have no more bytes together. */
function withinBytes(rows: readonly Queued[], most: number): readonly Queued[] {
  let bytes = 0;
  const end = rows.findIndex(({ value }) => (bytes += value.length) > most);
  return end === -1 ? rows : rows.slice(0, Math.max(1, end));
}
