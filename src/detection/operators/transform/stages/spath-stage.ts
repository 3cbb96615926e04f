import { JsonObject, parseJson, type Json } from '../../../../record/json.ts';
import { fieldsOf } from '../../../../record/json-fields.ts';
import type { Spath } from '../../../plan/transform.ts';
import { pathTexts } from '../../json-path.ts';
import type { RowStage } from '../table-row.ts';
import { FoundColumns } from './found-columns.ts';

/** Fields that one JSON text may bring into a row. */
const maxFields = 1_000;

/**
 * `spath` (spec/spl.md §3.8): fields of the JSON texts in a column, named as those of events are. What it finds replaces
 * a column of the same name; what it does not find leaves the row as it is, and so does a text that is not JSON, XML
 * among them. It reads whole texts, not only their first 5,000 characters; at most 1,000 fields come of each, and at
 * most 10,000 values in each.
 */
export function spathStage({ column, take }: Spath): RowStage {
  return (columns) => {
    const found = new FoundColumns();
    for (const text of columns.get(column) ?? []) {
      const json = parseJson(text);
      if (json === undefined) continue;
      const fields = take === undefined ? allOf(json) : [[take.as, pathTexts(json, take.path)] as const];
      for (const [name, texts] of fields) for (const value of texts) found.add(name, value);
    }
    return [found.appliedTo(columns)];
  };
}

/** Of a container: a scalar has no field of its own. */
const allOf = (json: Json): Iterable<readonly [string, readonly string[]]> =>
  json instanceof JsonObject || Array.isArray(json) ? fieldsOf(json, maxFields) : [];
