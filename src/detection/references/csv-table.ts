import { CsvError, parse } from 'csv-parse/sync';
import type { Problem } from '../../util/problem.ts';
import type { Reading } from './reading.ts';

/** A table as its file has it: each row has as many cells as there are fields. */
export interface CsvTable {
  /** For messages. */
  readonly file: string;
  readonly fields: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The line in which row `index` ends. */
  readonly lines: readonly number[];
}

/** Problems that are told of one file; more of them help nobody. */
const maxProblems = 20;

/**
 * A CSV text (RFC 4180; any line ends, byte order mark or none) whose first row names its fields. Blanks around a cell
 * are trimmed, those inside quotes stay (spec/spl.md §9); blank lines are no rows. A row with more or fewer cells than
 * there are fields is an error, and so is a field without a name or with the name of another.
 */
export function readCsv(text: string, file: string): Reading<CsvTable> {
  const rows: string[][] = [];
  const lines: number[] = [];
  try {
    parse(text, {
      bom: true,
      trim: true,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: (row: string[], { lines: line }) => {
        rows.push(row);
        lines.push(line);
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return refused([
      problem(file, Number(error['lines']), reasons[error.code] ?? `is no CSV (${error.code})`),
    ]);
  }
  const fields = rows.shift();
  const headerLine = lines.shift() ?? 1;
  if (fields === undefined)
    return refused([problem(file, 1, 'holds nothing; its first row names the fields')]);
  const problems = [...headerProblems(fields, file, headerLine), ...raggedRows(fields, rows, file, lines)];
  return problems.length > 0 ? refused(problems) : { value: { file, fields, rows, lines }, problems };
}

const refused = (problems: readonly Problem[]): Reading<CsvTable> => ({
  value: undefined,
  problems: problems.slice(0, maxProblems),
});

const reasons: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quoted cell does not end; write a quote inside it twice',
  CSV_INVALID_CLOSING_QUOTE: 'something stands behind a quoted cell; write a quote inside it twice',
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE:
    'something stands behind a quoted cell; write a quote inside it twice',
};

function headerProblems(fields: readonly string[], file: string, line: number): Problem[] {
  return fields.flatMap((field, index) => {
    if (field === '') return [problem(file, line, `field ${index + 1} of the first row has no name`)];
    if (fields.indexOf(field) === index) return [];
    return [problem(file, line, `the first row names the field "${field}" twice`)];
  });
}

function raggedRows(
  fields: readonly string[],
  rows: readonly (readonly string[])[],
  file: string,
  lines: readonly number[],
): Problem[] {
  return rows.flatMap((row, index) =>
    row.length === fields.length
      ? []
      : [
          problem(
            file,
            lines[index] ?? 0,
            `has ${cells(row.length)} where the first row has ${fields.length}`,
          ),
        ],
  );
}

const cells = (count: number): string => (count === 1 ? '1 cell' : `${count} cells`);

const problem = (file: string, line: number, message: string): Problem => ({
  severity: 'error',
  file,
  line,
  column: 1,
  path: '',
  message,
  rule: 'bad-lookup',
});
