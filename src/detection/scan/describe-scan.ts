import type { ColumnCounts, ColumnMode } from './column-table.ts';
import type { Column } from './columns.ts';
import {
  oddDepth,
  oddEnd,
  oddEscapedKey,
  oddLength,
  oddRepeatedKey,
  oddStart,
  oddStructure,
} from './layout.ts';
import type { Scanner } from './scanner.ts';
import type { Tuning } from './tuning.ts';

const reasons: ReadonlyMap<number, string> = new Map([
  [oddStart, 'no object'],
  [oddStructure, 'not valid JSON'],
  [oddEscapedKey, 'an escaped key'],
  [oddRepeatedKey, 'a repeated key'],
  [oddDepth, 'too deep'],
  [oddLength, 'too long'],
  [oddEnd, 'something behind the object'],
]);

/** For `explain --scan`: what a scanner looks at, and what has come of it. Lines of text, without line ends. */
export function describeScan(scanner: Scanner): readonly string[] {
  const { program, tuning } = scanner.state;
  const { ids, columns, literals } = program;
  const undecided = ids.filter(
    (_, plan) => !columns.some(({ cares }) => cares.has(plan)) && (literals?.others.has(plan) ?? true),
  );
  return [
    `${amount(ids.length, 'plan')}, ${amount(columns.length, 'column')}`,
    ...columns.map((column, index) =>
      columnLine(column, tuning?.modes[index], tuning?.totals.columns[index]),
    ),
    ...(literals ? [`literals: ${literals.texts.map((text) => `"${text}"`).join(', ')}`] : []),
    ...(undecided.length > 0 ? [`no line can be ruled out for ${undecided.join(', ')}`] : []),
    ...(tuning ? resultLines(tuning) : ['nothing has been scanned yet']),
  ];
}

function columnLine({ field, conditions, cares }: Column, mode?: ColumnMode, counts?: ColumnCounts): string {
  const what = `  ${field.name} (arrays ${field.arrays}): ${amount(cares.size, 'plan')}, ${amount(conditions.length, 'condition')}`;
  if (mode === undefined || counts === undefined || counts.lookups === 0) return what;
  const { lookups, misses, ruledOut, flushes } = counts;
  return (
    `${what}; ${mode}, ${lookups} looked up, ${share(lookups - misses, lookups)} known, ` +
    `${ruledOut} lines ruled out, table emptied ${flushes} times`
  );
}

function resultLines({ totals, route, costs }: Tuning): readonly string[] {
  const { bytes, lines, candidates, odd, routes } = totals;
  const oddLines = odd.reduce((sum, count) => sum + count, 0);
  const kinds = [...reasons].flatMap(([reason, text]) => (odd[reason] ? [`${text} ${odd[reason]}`] : []));
  return [
    `${lines} lines, ${bytes} bytes: ${[...routes].map(([way, part]) => `by ${way} ${share(part, bytes)}`).join(', ')}`,
    `now by ${route}; estimated cost of a byte: ${[...costs].map(([way, cost]) => `${way} ${cost.toFixed(3)} ns`).join(', ')}`,
    `${candidates} lines (${share(candidates, lines)}) for the plain path, ${oddLines} of them odd` +
      (kinds.length > 0 ? `: ${kinds.join(', ')}` : ''),
  ];
}

const amount = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

const share = (part: number, whole: number): string =>
  `${whole === 0 ? 0 : ((100 * part) / whole).toFixed(2)} %`;
