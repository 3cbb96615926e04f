import type { Attributes, Value } from '../../record/value.ts';
import type { Finding } from '../finding.ts';
import { distinct } from './distinct.ts';
import { windowText } from './window-text.ts';

/**
 * What every record of a finding says of it (design §8): `finding.*`, and every threat object of the row, one entry
 * per value. Times are RFC 3339 in UTC.
 */
export function findingAttributes(finding: Finding): Attributes {
  const { window, plan, columns } = finding;
  const attributes: Record<string, Value> = {};
  const threats: Value[] = [];
  for (const { field, type } of plan.risk?.threats ?? []) {
    for (const value of distinct(columns.get(field))) threats.push({ value, type });
  }
  if (threats.length > 0) attributes['threat.objects'] = threats;
  attributes['finding.count'] = finding.count;
  attributes['finding.fields'] = fieldsOf(columns);
  if (window) {
    attributes['finding.window.start'] = windowText(window.start);
    attributes['finding.window.end'] = windowText(window.end);
    attributes['finding.window.final'] = window.final;
  }
  attributes['finding.late'] = finding.late;
  if (finding.evidence.length > 0) attributes['finding.evidence'] = finding.evidence;
  return attributes;
}

/** The row: text for a column of one value, a list for several. A column without a value is left out. */
function fieldsOf(columns: Finding['columns']): Value {
  const fields: [string, Value][] = [];
  for (const [name, values] of columns) {
    const [only] = values;
    if (only !== undefined) fields.push([name, values.length === 1 ? only : values]);
  }
  // By entries: a column may be called as an event says, and so `__proto__`.
  return Object.fromEntries(fields);
}
