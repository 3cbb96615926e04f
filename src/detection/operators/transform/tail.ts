import type { Time } from '../../../record/time.ts';
import { isColumnWise } from '../../plan/column-wise.ts';
import type { Stage } from '../../plan/transform.ts';
import type { References } from '../../reference.ts';
import { runRowStages } from './run-row-stages.ts';
import { streamingStages } from './streaming-stages.ts';
import type { Columns, RowStage } from './table-row.ts';

/** The stages behind the `stats` of a search in streaming mode: of one row they make one row, or none. */
export class Tail {
  /** Every row gets through, and several rows may do so as one, joined (`isColumnWise`). */
  readonly columnWise: boolean;
  readonly #stages: readonly RowStage[];
  readonly #references: References;

  /** Of `stages` those from `from` on. */
  constructor(stages: readonly Stage[], from: number, references: References) {
    this.columnWise = stages.slice(from).every(isColumnWise);
    this.#stages = streamingStages(stages, from, stages.length);
    this.#references = references;
  }

  /** What becomes of a group's row; undefined if it does not get through. `end`: of its window. */
  run(columns: Columns, end: Time): Columns | undefined {
    return runRowStages(this.#stages, columns, { now: end, references: this.#references })[0];
  }
}
