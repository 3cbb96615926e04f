import { formatTime } from '../../record/time.ts';
import type { Attributes, Value } from '../../record/value.ts';
import type { Finding } from '../finding.ts';

/**
 * What every record of a finding says of it (design §8): `finding.*`, and every threat object of the row, one entry
 * per value. Times are RFC 3339 in UTC.
 */
export function findingAttributes(finding: Finding): Attributes {
  const { window, plan, columns } = finding;
  const threats = (plan.risk?.threats ?? []).flatMap(({ field, type }) =>
    [...new Set(columns.get(field))].map((value) => ({ value, type })),
  );
  return {
    ...(threats.length > 0 && { 'threat.objects': threats }),
    'finding.count': finding.count,
    'finding.fields': fieldsOf(columns),
    ...(window && {
      'finding.window.start': formatTime(window.start),
      'finding.window.end': formatTime(window.end),
      'finding.window.final': window.final,
    }),
    'finding.late': finding.late,
    ...(finding.evidence.length > 0 && { 'finding.evidence': finding.evidence }),
  };
}

/** The row: text for a column of one value, a list for several. A column without a value is left out. */
function fieldsOf(columns: Finding['columns']): Value {
  const fields: [string, Value][] = [];
  for (const [name, values] of columns) {
    const [only] = values;
    if (only !== undefined) fields.push([name, values.length === 1 ? only : values]);
  }
  return Object.fromEntries(fields);
}
