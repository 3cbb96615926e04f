import { neededColumns } from '../../plan/needed-columns.ts';
import type { Stage } from '../../plan/transform.ts';
import type { Row } from '../row.ts';
import type { Columns } from './table-row.ts';

/** What of an event enters a transform. */
export class Entry {
  readonly #needed: readonly string[] | undefined;

  /** Only what `stages` need of a row is taken. */
  constructor(stages: readonly Stage[]) {
    const needed = neededColumns(stages);
    this.#needed = needed === 'all' ? undefined : [...needed].sort();
  }

  /** The columns of an event, secrets sealed, of any length (`Row.whole`). */
  columnsOf(row: Row): Columns {
    const columns = new Map<string, readonly string[]>();
    for (const name of this.#needed ?? row.names()) {
      const values = row.whole({ name, arrays: 'marked' });
      if (values.length > 0) columns.set(name, values);
    }
    return columns;
  }
}
