import type { Problem } from '../../util/problem.ts';
import { didYouMean } from '../../util/suggest.ts';
import { shortPath } from '../../util/read-files.ts';
import type { LookupDefinition } from '../frontends/splunk/content.ts';
import { readCsv, type CsvTable } from './csv-table.ts';
import { CsvLookup } from './lookup-table.ts';
import type { Reading } from './reading.ts';

/** Cells that are told of one column; more of them help nobody. */
const maxCells = 5;

/**
 * The bytes of a CSV file as the table that `definition` describes. It has to have the fields that the definition
 * compares in some way, and those in `needed`, each with the id of a detection that names it. A cell that should be a
 * network and is none is a warning: no address is ever in it.
 */
export function readLookup(
  bytes: Buffer,
  definition: LookupDefinition,
  needed: ReadonlyMap<string, string> = new Map(),
): Reading<CsvLookup> {
  const { value: table, problems } = readCsv(bytes.toString('utf8'), shortPath(definition.csv));
  if (table === undefined) return { value: undefined, problems };
  const users = new Map([...definition.matchTypes.keys()].map((field) => [field, 'its match_type']));
  for (const [field, detection] of needed) users.set(field, `the detection "${detection}"`);
  const missing = missingFields(table, users);
  if (missing.length > 0) return { value: undefined, problems: missing };
  const value = new CsvLookup(table, definition);
  return { value, problems: table.fields.flatMap((field) => brokenCells(table, field, value)) };
}

function missingFields({ file, fields }: CsvTable, users: ReadonlyMap<string, string>): readonly Problem[] {
  return [...users]
    .filter(([field]) => !fields.includes(field))
    .map(([field, user]) => {
      const message = `has no field "${field}", which ${user} names${didYouMean(field, fields)}`;
      return problem('error', file, 1, message);
    });
}

function brokenCells(table: CsvTable, field: string, lookup: CsvLookup): readonly Problem[] {
  const column = table.fields.indexOf(field);
  return lookup
    .brokenNetworks(field)
    .slice(0, maxCells)
    .map((row) => {
      const message = `"${table.rows[row]?.[column] ?? ''}" in the field "${field}" is no network; write one such as 10.0.0.0/8`;
      return problem('warning', table.file, table.lines[row] ?? 0, message);
    });
}

const problem = (severity: 'error' | 'warning', file: string, line: number, message: string): Problem => ({
  severity,
  file,
  line,
  column: 1,
  path: '',
  message,
});
