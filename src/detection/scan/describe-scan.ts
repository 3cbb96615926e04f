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
import { noCounts } from './scan-totals.ts';
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
    ...columns.map((column, index) => columnLine(column) + (tuning ? columnResult(tuning, index) : '')),
    ...(literals ? [`literals: ${literals.texts.map((text) => `"${text}"`).join(', ')}`] : []),
    ...(undecided.length > 0 ? [`no line can be ruled out for ${undecided.join(', ')}`] : []),
    ...(tuning ? resultLines(tuning) : ['nothing has been scanned yet']),
  ];
}

const columnLine = ({ field, conditions, cares }: Column): string =>
  `  ${field.name} (arrays ${field.arrays}): ${amount(cares.size, 'plan')}, ${amount(conditions.length, 'condition')}`;

/** How a column is looked at now, and how much it has decided; nothing if no value of it was ever looked up. */
function columnResult({ modes, late, totals }: Tuning, index: number): string {
  const { lookups, misses, narrowed, ruledOut, flushes } = totals.columns[index] ?? noCounts;
  if (lookups + narrowed === 0) return '';
  const place = late.indexOf(index);
  return (
    `; ${modes[index] ?? ''}${place < 0 ? '' : ` (number ${place + 1})`}, ${lookups} looked up, ` +
    `${share(lookups - misses, lookups)} known, plans taken away ${narrowed} times, ` +
    `${ruledOut} lines (${share(ruledOut, totals.lines)}) ruled out, table emptied ${flushes} times`
  );
}

function resultLines({ totals, route, costs }: Tuning): readonly string[] {
  const { bytes, lines, candidates, odd, routes } = totals;
  const oddLines = odd.reduce((sum, count) => sum + count, 0);
  const kinds = [...reasons].flatMap(([reason, text]) => (odd[reason] ? [`${text} ${odd[reason]}`] : []));
  return [
    `${lines} lines, ${bytes} bytes: ${[...routes].map(([way, part]) => `by ${way} ${share(part, bytes)}`).join(', ')}`,
    `now by ${route}${costs.size === 0 ? '' : `; estimated cost of a byte: ${costList(costs)}`}`,
    `${candidates} lines (${share(candidates, lines)}) for the plain path, ${oddLines} of them odd` +
      (kinds.length > 0 ? `: ${kinds.join(', ')}` : ''),
  ];
}

const costList = (costs: Tuning['costs']): string =>
  [...costs].map(([way, cost]) => `${way} ${cost.toFixed(3)} ns`).join(', ');

const amount = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

const share = (part: number, whole: number): string =>
  `${whole === 0 ? 0 : ((100 * part) / whole).toFixed(2)} %`;
