import type { Time } from '../../../record/time.ts';
import type { References } from '../../reference.ts';
import { runRowStages } from './run-row-stages.ts';
import type { Columns, RowStage } from './table-row.ts';

/** The stages behind the `stats` of a search in streaming mode: of one row they make one row, or none. */
export class Tail {
  readonly #stages: readonly RowStage[];
  readonly #references: References;

  constructor(stages: readonly RowStage[], references: References) {
    this.#stages = stages;
    this.#references = references;
  }

  /** What becomes of a group's row; undefined if it does not get through. `end`: of its window. */
  run(columns: Columns, end: Time): Columns | undefined {
    return runRowStages(this.#stages, columns, { now: end, references: this.#references })[0];
  }
}
