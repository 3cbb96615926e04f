import { maxTexts } from '../../calc/bounds.ts';
import type { Columns } from '../table-row.ts';
import { withColumns } from './with-columns.ts';

/** Columns that a stage has found for a row, value by value: of each the first 10,000 (`maxTexts`). */
export class FoundColumns {
  readonly #found = new Map<string, string[]>();

  add(name: string, value: string): void {
    const values = this.#found.get(name);
    if (values === undefined) this.#found.set(name, [value]);
    else if (values.length < maxTexts) values.push(value);
  }

  /** The row with what was found in the place of columns of the same names; the very same row if nothing was. */
  appliedTo(columns: Columns): Columns {
    return this.#found.size === 0 ? columns : withColumns(columns, this.#found);
  }
}
