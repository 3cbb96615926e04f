import { unreachable } from '../../util/assert.ts';
import { dependsOnMeasures } from './depends-on-measures.ts';
import { windowsOverlap } from './schedule-problem.ts';
import type { Schedule, Sort, Stage, Stats, Transform } from './transform.ts';

/**
 * Why rows cannot leave before their window ends, in a sentence for the author of the search; undefined if they can.
 *
 * They can if each row goes its own way, with at most one `stats` that counts them (design §5, streaming): what a
 * group holds then only grows, and one row of it goes through the stages behind.
 */
export function streamingProblem({ stages, schedule }: Transform): string | undefined {
  let counted = false;
  for (const [index, stage] of stages.entries()) {
    const reason = stageProblem(stage, stages.slice(index + 1), counted);
    if (reason !== undefined) return reason;
    if (stage.kind === 'stats') counted = true;
  }
  return overlapProblem(stages, schedule);
}

function stageProblem(stage: Stage, rest: readonly Stage[], counted: boolean): string | undefined {
  switch (stage.kind) {
    case 'stats':
      return statsProblem(stage, counted);
    case 'sort':
      return sortProblem(stage, rest);
    case 'rank':
      return `"${stage.order}" ranks all rows of a window, so they leave when it closes`;
    case 'head':
      return '"head" takes the first of all rows of a window, so they leave when it closes';
    case 'dedup':
      return '"dedup" keeps the newest of all rows of a window, so they leave when it closes';
    case 'expand':
      return counted
        ? '"mvexpand" behind "stats" makes several rows of a group that still grows, so they leave when the window closes'
        : undefined;
    case 'filter':
    case 'keep':
    case 'extend':
    case 'extract':
    case 'substitute':
    case 'spath':
    case 'fill':
    case 'rename':
    case 'lookup':
    case 'locate':
    case 'project':
      return undefined;
    default:
      return unreachable(stage);
  }
}

/** An event counts in one window only while it streams: of windows that overlap, a threshold may need another. */
function overlapProblem(stages: readonly Stage[], schedule: Schedule): string | undefined {
  const at = stages.findIndex(({ kind }) => kind === 'stats');
  const stats = stages[at];
  if (stats?.kind !== 'stats' || !dependsOnMeasures(stats, stages.slice(at + 1))) return undefined;
  return windowsOverlap(schedule)
    ? 'its windows overlap and a condition looks at what "stats" has counted in each of them, so rows leave when they close'
    : undefined;
}

function statsProblem({ join }: Stats, counted: boolean): string | undefined {
  if (join) {
    return '"eventstats" gives each row what all rows of a window add up to, so they leave when it closes';
  }
  return counted
    ? 'a second "stats" counts what the first one found in a whole window, so rows leave when it closes'
    : undefined;
}

/** The order of rows that leave one by one shows nowhere, unless a statistic behind it looks at it. */
function sortProblem({ limit }: Sort, rest: readonly Stage[]): string | undefined {
  if (limit !== undefined) {
    return `"sort" lets only ${limit} rows of a window pass, so they leave when it closes; "sort 0" lets all of them pass`;
  }
  const stats = rest.find((stage) => stage.kind === 'stats');
  const measure = stats?.measures.find(({ of }) => of === 'first' || of === 'last' || of === 'list');
  return (
    measure &&
    `"sort" decides what "${measure.as}" holds by all rows of a window, so they leave when it closes`
  );
}
