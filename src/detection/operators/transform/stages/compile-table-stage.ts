import { unreachable } from '../../../../util/assert.ts';
import type { Stage } from '../../../plan/transform.ts';
import type { Limits } from '../../limits.ts';
import { statsStage } from '../stats-stage.ts';
import type { TableStage } from '../table-row.ts';
import { compileRowStage } from './compile-row-stage.ts';
import { dedupStage } from './dedup-stage.ts';
import { eachRow } from './each-row.ts';
import { expandTableStage } from './expand-stage.ts';
import { fillTableStage } from './fill-stage.ts';
import { rankStage } from './rank-stage.ts';
import { renameTableStage } from './rename-stage.ts';
import { headStage, sortStage } from './sort-stage.ts';

/**
 * Any stage, ready to run over all rows of a window, newest first. `limits` bound the groups of `stats`.
 *
 * Throws on a pattern or a network that cannot be read: frontends have to refuse those.
 */
export function compileTableStage(stage: Stage, limits: Limits): TableStage {
  switch (stage.kind) {
    case 'fill':
      return stage.columns === undefined ? fillTableStage(stage.value) : eachRow(compileRowStage(stage));
    case 'rename':
      return renameTableStage(stage);
    case 'expand':
      return expandTableStage(stage);
    case 'stats':
      return statsStage(stage, limits);
    case 'dedup':
      return dedupStage(stage);
    case 'sort':
      return sortStage(stage);
    case 'head':
      return headStage(stage);
    case 'rank':
      return rankStage(stage);
    case 'filter':
    case 'keep':
    case 'extend':
    case 'extract':
    case 'substitute':
    case 'spath':
    case 'lookup':
    case 'locate':
    case 'project':
      return eachRow(compileRowStage(stage));
    default:
      return unreachable(stage);
  }
}
