import { calcColumns } from './calc-columns.ts';
import { isRowLocal } from './row-local.ts';
import { stageEffects } from './stage-effects.ts';
import type { Stage, Stats } from './transform.ts';

/**
 * True if whether a row of `stats` gets through `rest` may change while its group grows. False if it is decided by the
 * values of the group alone: then the first row of a group decides for all.
 */
export function dependsOnMeasures(stats: Stats, rest: readonly Stage[]): boolean {
  const growing = new Set(stats.measures.map(({ as }) => as));
  for (const stage of rest) {
    if ((stage.kind === 'filter' || stage.kind === 'keep') && touches(stage, growing)) return true;
    if (!spread(stage, growing)) return growing.size > 0 && rest.some(chooses);
  }
  return false;
}

const chooses = ({ kind }: Stage): boolean => kind === 'filter' || kind === 'keep';

const touches = (stage: Stage, growing: ReadonlySet<string>): boolean =>
  [...(stageEffects(stage)?.reads ?? [])].some((name) => growing.has(name));

/** Adds to `growing` what `stage` makes of it; false if that cannot be named. */
function spread(stage: Stage, growing: Set<string>): boolean {
  if (stage.kind === 'extend') {
    for (const { as, value } of stage.columns) {
      if ([...calcColumns(value)].some((name) => growing.has(name))) growing.add(as);
      else growing.delete(as);
    }
    return true;
  }
  if (stage.kind === 'rename' && isRowLocal(stage)) {
    for (const { from, to } of stage.pairs) {
      growing.delete(to);
      if (growing.delete(from)) growing.add(to);
    }
    return true;
  }
  // Neither a fill nor the order of rows makes one column depend on another.
  if (stage.kind === 'fill' || stage.kind === 'sort' || stage.kind === 'project') return true;
  const effects = stageEffects(stage);
  if (effects === undefined) return false;
  if (!touches(stage, growing)) return true;
  if (effects.writes === 'any') return false;
  for (const name of effects.writes) growing.add(name);
  return true;
}
