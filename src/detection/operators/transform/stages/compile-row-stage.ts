import { assert, unreachable } from '../../../../util/assert.ts';
import type { Stage } from '../../../plan/transform.ts';
import type { RowStage } from '../table-row.ts';
import { expandStage } from './expand-stage.ts';
import { extendStage } from './extend-stage.ts';
import { extractStage } from './extract-stage.ts';
import { fillStage } from './fill-stage.ts';
import { filterStage, keepStage } from './filter-stage.ts';
import { locateStage } from './locate-stage.ts';
import { lookupStage } from './lookup-stage.ts';
import { projectStage } from './project-stage.ts';
import { renameStage } from './rename-stage.ts';
import { spathStage } from './spath-stage.ts';
import { substituteStage } from './substitute-stage.ts';

/**
 * A stage that looks at one row at a time, ready to run. A wildcard `rename` is taken as well, for rows that come
 * one by one: it then moves what each row itself has.
 *
 * Throws on a stage that needs all rows of a window, which is a bug of the caller, and on a pattern or a network
 * that cannot be read, which frontends have to refuse.
 */
export function compileRowStage(stage: Stage): RowStage {
  switch (stage.kind) {
    case 'filter':
      return filterStage(stage);
    case 'keep':
      return keepStage(stage);
    case 'extend':
      return extendStage(stage);
    case 'extract':
      return extractStage(stage);
    case 'substitute':
      return substituteStage(stage);
    case 'spath':
      return spathStage(stage);
    case 'fill':
      assert(stage.columns, 'a fill of all columns was to look at one row');
      return fillStage(stage.columns, stage.value);
    case 'rename':
      return renameStage(stage);
    case 'lookup':
      return lookupStage(stage);
    case 'locate':
      return locateStage(stage);
    case 'project':
      return projectStage(stage);
    case 'expand':
      return expandStage(stage);
    case 'stats':
    case 'dedup':
    case 'sort':
    case 'head':
    case 'rank':
      throw new Error(`bug: a stage "${stage.kind}" was to look at one row`);
    default:
      return unreachable(stage);
  }
}
