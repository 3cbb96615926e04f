import type { Plan } from '../../detection/plan/plan.ts';
import type { Stage } from '../../detection/plan/transform.ts';

/** The fields of lookup tables that plans name: by table, each with the id of the first plan that does. */
export function neededFields(plans: readonly Plan[]): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const tables = new Map<string, Map<string, string>>();
  for (const plan of plans) {
    for (const stage of stagesOf(plan)) {
      if (stage.kind !== 'lookup') continue;
      const fields = tables.get(stage.table) ?? new Map<string, string>();
      tables.set(stage.table, fields);
      for (const { field } of [...stage.match, ...(stage.output ?? [])]) {
        if (!fields.has(field)) fields.set(field, plan.id);
      }
    }
  }
  return tables;
}

/** Ids of the plans that ask where an address is. */
export const placing = (plans: readonly Plan[]): readonly string[] =>
  plans.filter((plan) => stagesOf(plan).some(({ kind }) => kind === 'locate')).map(({ id }) => id);

const stagesOf = ({ steps }: Plan): readonly Stage[] =>
  steps.flatMap((step) => (step.kind === 'transform' ? step.stages : []));
