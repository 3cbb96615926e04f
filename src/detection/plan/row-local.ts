import { unreachable } from '../../util/assert.ts';
import type { Stage } from './transform.ts';
import { hasWildcard } from './wildcard-name.ts';

/** True if a stage looks at one row at a time; false if what it makes of a row depends on the other rows. */
export function isRowLocal(stage: Stage): boolean {
  switch (stage.kind) {
    case 'filter':
    case 'keep':
    case 'extend':
    case 'extract':
    case 'substitute':
    case 'spath':
    case 'lookup':
    case 'locate':
    case 'project':
    case 'expand':
      return true;
    case 'fill':
      return stage.columns !== undefined;
    case 'rename':
      // Which columns a wildcard moves is seen from all rows (spec/spl.md §9).
      return !stage.pairs.some(({ from }) => hasWildcard(from));
    case 'stats':
    case 'dedup':
    case 'sort':
    case 'head':
    case 'rank':
      return false;
    default:
      return unreachable(stage);
  }
}
