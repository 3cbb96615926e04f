/** What a store keeps: plain JSON. A value handed in or out is never modified. */
export type Stored =
  null | boolean | number | string | readonly Stored[] | { readonly [key: string]: Stored };

/**
 * What is remembered, as tables of sorted keys, held in memory as a whole, as text: a value is read anew at every `get`.
 *
 * A table's name is a path, `window/<detection>/<start>` say; its first segment
 * is its kind. A table exists while it has a row.
 */
export interface State {
  get(table: string, key: string): Stored | undefined;
  put(table: string, key: string, value: Stored): void;
  delete(table: string, key: string): void;
  /** The rows of a table in key order (by UTF-16 code unit), as they were when it was called. */
  scan(table: string): readonly (readonly [key: string, value: Stored])[];
  /** The keys of a table, sorted as by `scan`. */
  keys(table: string): readonly string[];
  /** Number of rows in a table. */
  count(table: string): number;
  /** The names of the tables under `path` (which ends in `/`), sorted. */
  tables(path: string): readonly string[];
  /** About how many bytes of memory all rows take. It depends on nothing but the rows. */
  readonly weight: number;
}

/** One row of a queue. Numbers rise, with gaps. */
export interface Queued {
  readonly number: number;
  readonly value: string;
}

/**
 * Changes that become durable together, or not at all.
 *
 * Reads see its own writes. `commit` resolves once all of it is durable; if it
 * rejects, nothing of it happened. After `commit` or `rollback` it is spent.
 */
export interface Transaction extends State {
  /** Adds to the end of a queue. Rows of queues are not held in memory. */
  enqueue(queue: string, value: string): void;
  dequeue(queue: string, number: number): void;
  /** Number of rows added to queues so far in it. */
  readonly queued: number;
  commit(): Promise<void>;
  rollback(): void;
}

/**
 * The one store of a process: state and queues (design §3, §7).
 *
 * At most one transaction is open at a time; `begin` while one is open is a bug.
 */
export interface Store {
  /** What is committed is still there when the process has ended. */
  readonly durable: boolean;
  begin(): Transaction;
  /** The committed rows of `queue` behind `after` (0: from the first), oldest first, at most `limit`. */
  peek(queue: string, after: number, limit: number): Promise<readonly Queued[]>;
  /** Number of committed rows in a queue. */
  length(queue: string): number;
  /** Committed state, for reports. */
  get(table: string, key: string): Stored | undefined;
  scan(table: string): readonly (readonly [key: string, value: Stored])[];
  tables(path: string): readonly string[];
  /** The process is about to end: from now on a commit that cannot be made fails, whatever it would have waited for. */
  hurry(): void;
  close(): Promise<void>;
}

/**
 * The store cannot be used, for a reason that a person has to mend. `full`: nothing of the commit happened, and the
 * same may succeed later; after any other the process cannot go on.
 */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly reason: 'locked' | 'corrupt' | 'full' | 'unusable';

  constructor(reason: StoreError['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
