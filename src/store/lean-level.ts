import { ClassicLevel } from 'classic-level';

/** A row to put in, or to take out. */
export type Operation = { type: 'put'; key: string; value: string } | { type: 'del'; key: string };

/** A LevelDB whose keys and values are UTF-8 text, and which makes no copies of what it writes. */
export class LeanLevel extends ClassicLevel {
  // What `batch` calls once it has made an object with encodings of each operation, and a list of these: for a unit
  // of work with thousands of rows that is most of its garbage.
  declare protected readonly _batch: (
    operations: readonly Operation[],
    options: { readonly sync: boolean },
  ) => Promise<void>;

  constructor(directory: string) {
    super(directory, { keyEncoding: 'utf8', valueEncoding: 'utf8' });
  }

  /** Writes all of it, durably, or nothing. Rejects as `batch` does. */
  async write(operations: readonly Operation[]): Promise<void> {
    if (this.status !== 'open') throw new Error(`the database is ${this.status}`);
    // oxlint-disable-next-line no-underscore-dangle -- it is the name that abstract-level gives it
    await this._batch(operations, { sync: true });
  }
}
