import type { Finding } from '../finding.ts';
import { redactedColumn } from '../kubernetes/redact.ts';
import type { Plan } from '../plan/plan.ts';

/** The columns of a finding as they may be shown: distinct values, in their order, without secret material. */
export function shownColumns({ plan, columns, context }: Finding): ReadonlyMap<string, readonly string[]> {
  const sources = fieldsOf(plan);
  const shown = new Map<string, readonly string[]>();
  for (const [name, values] of columns) {
    shown.set(name, [...new Set(redactedColumn(sources.get(name) ?? name, values, context))]);
  }
  return shown;
}

/** The field of the event that each column was read from; a column of no field, such as a count, is left out. */
function fieldsOf(plan: Plan): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const step of plan.steps) {
    if (step.kind !== 'aggregate') continue;
    for (const { as, field } of [...step.by, ...step.measures]) {
      if (field !== undefined) fields.set(as, field.name);
    }
  }
  return fields;
}
