import type { Stored } from '../../../store/store.ts';
import type { Pane } from '../panes.ts';
import type { Turn } from '../turn.ts';
import type { Shortage } from './stats-table.ts';
import type { Moment, TableRow } from './table-row.ts';

/**
 * What became of a row that was to wait: it does, it counts nowhere, or it was one too many. Then it is counted together
 * with others of its kind, or it is left out.
 */
export type Fate = 'waits' | 'nowhere' | 'together' | 'left out';

/** How the rows of a window wait for its run. It holds nothing itself: all is in the table of the pane. */
export interface WaitingRows {
  add(pane: Pane, row: TableRow, at: Moment, turn: Turn): Fate;
  /**
   * What the stages make of what waits: `entries` are all rows of the table. `say` is told what had no room.
   */
  run(
    entries: readonly (readonly [key: string, value: Stored])[],
    at: Moment,
    say: (shortage: Shortage) => void,
  ): readonly TableRow[];
}
