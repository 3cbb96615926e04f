import type { Stored } from '../../../store/store.ts';
import type { Stage } from '../../plan/transform.ts';
import type { Limits } from '../limits.ts';
import type { Pane } from '../panes.ts';
import type { Turn } from '../turn.ts';
import { compileTableStage } from './stages/compile-table-stage.ts';
import { statsStage } from './stats-stage.ts';
import type { Shortage } from './stats-table.ts';
import { readTableRow, storedTableRow, type StoredTableRow } from './stored-table-row.ts';
import type { Moment, TableRow, TableStage } from './table-row.ts';
import type { Fate, WaitingRows } from './waiting-rows.ts';

/** Rows that wait one by one, at most `limits.groups` of them in a window, for stages that look at each of them. */
export class ListedRows implements WaitingRows {
  readonly #stages: readonly Stage[];
  readonly #limits: Limits;

  /** `stages`: what is to run over all rows of a window. */
  constructor(stages: readonly Stage[], limits: Limits) {
    this.#stages = stages;
    this.#limits = limits;
  }

  add(pane: Pane, row: TableRow, _: Moment, { rows }: Turn): Fate {
    const number = rows.size(pane.table);
    if (!rows.hasRoom(pane.table, this.#limits)) return 'left out';
    // Nothing leaves the table before the window runs, so its size is the number of the row.
    rows.put(pane.table, String(number).padStart(12, '0'), storedTableRow(row));
    return 'waits';
  }

  run(
    entries: readonly (readonly [key: string, value: Stored])[],
    at: Moment,
    say: (shortage: Shortage) => void,
  ): readonly TableRow[] {
    // Of equal times the row that came later comes first (spec/spl.md §9).
    const newestFirst = entries
      // The table holds nothing else, and the store answers for its rows.
      .map(([, value]) => readTableRow(value as StoredTableRow))
      .reverse()
      .sort((a, b) => compareTimes(BigInt(b.trace.to), BigInt(a.trace.to)));
    return runTableStages(this.#stages, newestFirst, { at, limits: this.#limits, say });
  }
}

/** What becomes of all rows of a window in one stage after the other. */
export function runTableStages(
  stages: readonly Stage[],
  rows: readonly TableRow[],
  {
    at,
    limits,
    say,
  }: { readonly at: Moment; readonly limits: Limits; readonly say: (shortage: Shortage) => void },
): readonly TableRow[] {
  return stages
    .map((stage) => tableStage(stage, limits, say))
    .reduce((table, stage) => stage(table, at), rows);
}

const tableStage = (stage: Stage, limits: Limits, say: (shortage: Shortage) => void): TableStage =>
  stage.kind === 'stats' ? statsStage(stage, limits, say) : compileTableStage(stage, limits);

const compareTimes = (a: bigint, b: bigint): number => Number(a > b) - Number(a < b);
