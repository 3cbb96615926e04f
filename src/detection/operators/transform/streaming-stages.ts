import { neededColumns } from '../../plan/needed-columns.ts';
import type { Stage } from '../../plan/transform.ts';
import { hasWildcard } from '../../plan/wildcard-name.ts';
import { compileRowStage } from './stages/compile-row-stage.ts';
import type { RowStage } from './table-row.ts';

/**
 * `stages` from `from` up to `to`, for rows that come one by one (design §5, streaming): a bare fill gives its value
 * to every column that is missing and that something behind it needs, a rename with wildcards looks at each row for
 * itself, and a sort, whose order would show nowhere, is left out.
 */
export function streamingStages(stages: readonly Stage[], from: number, to: number): readonly RowStage[] {
  return stages.slice(from, to).flatMap((stage, index) => {
    if (stage.kind === 'sort') return [];
    if (stage.kind !== 'fill' || stage.columns !== undefined) return [compileRowStage(stage)];
    return [compileRowStage({ ...stage, columns: fillable(stages, from + index) })];
  });
}

/** What a bare fill at `at` fills. Of a result that shows all columns, those that the search names itself. */
function fillable(stages: readonly Stage[], at: number): readonly string[] {
  const behind = stages.slice(at + 1);
  const needed = neededColumns(behind);
  if (needed !== 'all') return [...needed].sort();
  const nothing: Stage = { kind: 'project', how: 'table', columns: [] };
  const read = neededColumns([...behind, nothing]);
  return [...new Set([...madeBy(stages.slice(0, at)), ...(read === 'all' ? [] : read)])].sort();
}

/** The columns that stages make by name. */
function madeBy(stages: readonly Stage[]): ReadonlySet<string> {
  let made = new Set<string>();
  for (const stage of stages) {
    if (stage.kind === 'stats') made = new Set([...stage.by, ...stage.measures.map(({ as }) => as)]);
    else if (stage.kind === 'extend') for (const { as } of stage.columns) made.add(as);
    else if (stage.kind === 'rename') {
      for (const { from, to } of stage.pairs) if (!hasWildcard(from) && made.delete(from)) made.add(to);
    }
  }
  return made;
}
