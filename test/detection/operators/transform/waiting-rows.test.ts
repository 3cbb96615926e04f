import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultLimits, type Limits } from '../../../../src/detection/operators/limits.ts';
import { CompactedRows } from '../../../../src/detection/operators/transform/compacted-rows.ts';
import { compactShape } from '../../../../src/detection/operators/transform/compact-shape.ts';
import { ListedRows } from '../../../../src/detection/operators/transform/listed-rows.ts';
import type { Shortage } from '../../../../src/detection/operators/transform/stats-table.ts';
import type { Moment, TableRow } from '../../../../src/detection/operators/transform/table-row.ts';
import type { Fate, WaitingRows } from '../../../../src/detection/operators/transform/waiting-rows.ts';
import { Turn } from '../../../../src/detection/operators/turn.ts';
import type { Stage, Statistic } from '../../../../src/detection/plan/transform.ts';
import { noReferences } from '../../../../src/detection/reference.ts';
import { MemoryStore } from '../../../../src/store/memory.ts';
import {
  above,
  call,
  column,
  count,
  fill,
  filter,
  rename,
  statistic,
  stats,
  text,
} from '../../search-fixture.ts';

const at: Moment = { now: 1_000n, references: noReferences };
const pane = { table: 'pane', start: 0n, end: 1_000n, closes: 1_000n };
const silent = { finding: () => {}, notice: () => {}, isFull: () => false, malformed: () => {} };

/** What becomes of rows that come in this order. */
function run(
  waiting: WaitingRows,
  rows: readonly TableRow[],
): {
  readonly rows: readonly TableRow[];
  readonly fates: readonly Fate[];
  readonly kept: number;
  readonly shortages: readonly Shortage[];
} {
  const turn = new Turn('c', new MemoryStore().begin(), 0n, silent);
  const fates = rows.map((row) => waiting.add(pane, row, at, turn));
  const entries = turn.rows.scan(pane.table);
  const shortages: Shortage[] = [];
  const result = waiting.run(entries, at, (shortage) => void shortages.push(shortage));
  return { rows: result, fates, kept: entries.length, shortages };
}

function compacted(stages: readonly Stage[], limits: Partial<Limits> = {}): CompactedRows {
  const shape = compactShape(stages);
  if (shape === undefined) throw new Error('these stages have another shape');
  return new CompactedRows(shape, stages, { ...defaultLimits, ...limits });
}

const listed = (stages: readonly Stage[], limits: Partial<Limits> = {}): ListedRows =>
  new ListedRows(stages, { ...defaultLimits, ...limits });

function rowOf(columns: Readonly<Record<string, readonly string[]>>, time: number): TableRow {
  const at = String(time);
  return {
    columns: new Map(Object.entries(columns)),
    trace: { from: at, to: at, events: 1, evidence: [[at, `line ${at}`]], origin: [at, ''] },
  };
}

const shown = ({ columns, trace }: TableRow): unknown => [
  Object.fromEntries([...columns].map(([name, values]) => [name, values.map(rounded)])),
  trace,
];

/** The last digits of a sum of doubles depend on the order. */
const rounded = (value: string): string =>
  /^-?\d/.test(value) ? String(Number(Number(value).toPrecision(9))) : value;

const unordered: readonly Statistic[] = [
  count,
  ...(
    ['count', 'dc', 'values', 'min', 'max', 'sum', 'avg', 'mode', 'median', 'range', 'stdev', 'var'] as const
  ).map((of) => statistic(of, 'x')),
  statistic('perc', 'x', { percent: 90 }),
  statistic('values', 'a', { as: 'all a' }),
  statistic('count', call('=', column('b'), text('0')), { as: 'zeros' }),
  statistic('values', call('.', column('x'), column('a')), { as: 'joined' }),
];

describe('rows held together', () => {
  const texts = fc.array(fc.constantFrom('0', '1', '2', '10', 'p', ''), { minLength: 1, maxLength: 3 });
  const given = fc.record({ a: texts, b: texts, x: texts }, { requiredKeys: [] });
  const between = fc.array(
    fc.constantFrom<Stage>(
      filter('a', '0', true),
      filter('b', 'p'),
      above('x', 1),
      { kind: 'extend', columns: [{ as: 'a', value: call('upper', column('a')) }] },
      { kind: 'extend', columns: [{ as: 'x', value: call('.', column('x'), column('b')) }] },
      { kind: 'fill', columns: ['x'], value: 'none' },
      rename(['b', 'c'], ['c', 'b']),
      { kind: 'expand', column: 'a', limit: undefined },
    ),
    { maxLength: 2 },
  );

  test('make the rows that each for itself makes', () => {
    const seen = { fewer: 0, filled: 0, rows: 0 };
    fc.assert(
      fc.property(
        fc.array(given, { minLength: 1, maxLength: 12 }),
        fc.subarray(['a', 'b']),
        fc.subarray([...unordered], { minLength: 1 }),
        between,
        fc.boolean(),
        (events, by, measures, stages, filled) => {
          const all: readonly Stage[] = [
            ...(filled ? [fill, ...stages] : []),
            stats(by, measures),
            rename(['a', 'z']),
          ];
          const rows = events.map((columns, index) => rowOf(columns, index));
          const together = run(compacted(all), rows);
          const alone = run(listed(all), rows);
          expect(together.rows.map(shown)).toEqual(alone.rows.map(shown));
          seen.fewer += alone.kept - together.kept;
          seen.filled += Number(
            filled && together.rows.some(({ columns }) => columns.get('z')?.includes('0')),
          );
          seen.rows += together.rows.length;
        },
      ),
      { seed: 51, numRuns: 400 },
    );
    expect(seen.fewer).toBeGreaterThan(200);
    expect(seen.filled).toBeGreaterThan(40);
    expect(seen.rows).toBeGreaterThan(500);
  });

  test('stay few, however many come', () => {
    const rows = Array.from({ length: 500 }, (_, index) => rowOf({ a: ['u'], x: [String(index)] }, index));
    const { kept, rows: result } = run(compacted([fill, stats(['a'], [statistic('dc', 'x')])]), rows);
    expect(kept).toBe(1);
    expect(result.map(({ columns }) => columns.get('dc(x)'))).toEqual([['500']]);
  });

  test('are counted together beyond the limit, filled as in streaming mode, and an event counts once', () => {
    const stages = [fill, filter('a', 'secret', true), stats(['a', 'b'], [count, statistic('values', 'x')])];
    const rows = [
      rowOf({ a: ['1'], b: ['1'] }, 1),
      rowOf({ a: ['2', '3'], x: ['p'] }, 2),
      rowOf({ a: ['secret'], b: ['1'] }, 3),
      rowOf({ a: ['4'], b: ['1'], x: ['q'] }, 4),
      rowOf({ a: ['1'], b: ['1'] }, 5),
    ];
    const result = run(compacted(stages, { groups: 1 }), rows);
    expect(result.fates).toEqual(['waits', 'together', 'together', 'together', 'waits']);
    expect(result.rows.map(({ columns, trace }) => [Object.fromEntries(columns), trace.events])).toEqual([
      [{ a: ['1'], b: ['1'], count: ['2'] }, 2],
      [{ a: ['2', '3', '4'], b: ['0', '1'], count: ['3'], 'values(x)': ['p', 'q'] }, 2],
    ]);
    expect(result.shortages.map(({ groups }) => groups)).toEqual([true]);
  });

  test('take no room if they lack a column to group by and nothing fills it', () => {
    const { fates, kept } = run(compacted([stats(['a'])]), [rowOf({ b: ['1'] }, 1), rowOf({ a: ['1'] }, 2)]);
    expect(fates).toEqual(['nowhere', 'waits']);
    expect(kept).toBe(1);
  });
});

describe('the shape that allows it', () => {
  const ordered = (['first', 'last', 'list', 'earliest', 'latest'] as const).map((of) => statistic(of, 'x'));
  for (const [name, stages, expected] of [
    ['stats alone', [stats(['a'])], true],
    ['a bare fill and stats', [fill, stats(['a']), above('count', 5)], true],
    ['filters between', [fill, filter('a', 'x'), stats(['a'])], true],
    ['eventstats', [stats(['a'], [count], { join: true })], false],
    ['a second bare fill', [fill, fill, stats(['a'])], false],
    ['no stats', [fill], false],
    ['another stage first', [{ kind: 'head', count: 1 }, stats(['a'])], false],
    [
      'columns that cannot be named',
      [fill, { kind: 'project', how: 'keep', columns: ['a*'] }, stats(['a'])],
      false,
    ],
    ...ordered.map((measure) => [measure.of, [fill, stats(['a'], [measure])], false] as const),
  ] as const satisfies readonly (readonly [string, readonly Stage[], boolean])[]) {
    test(`${name}: ${expected ? 'yes' : 'no'}`, () => {
      expect(compactShape(stages) !== undefined).toBe(expected);
    });
  }

  test('keeps apart only what decides what becomes of a row', () => {
    const measures = [statistic('values', 'x'), statistic('values', call('.', column('y'), column('z')))];
    const shape = compactShape([fill, filter('c', '1'), stats(['b', 'a'], measures)]);
    expect(shape?.keys).toEqual(['a', 'b', 'c', 'y', 'z']);
    expect(shape?.measures).toEqual([{ kind: 'early', fills: 'x' }, { kind: 'late' }]);
  });
});

describe('rows listed one by one', () => {
  test('run newest first, of equal times the later one first (spec/spl.md §9)', () => {
    const rows = [
      rowOf({ x: ['a'] }, 5),
      rowOf({ x: ['b'] }, 7),
      rowOf({ x: ['c'] }, 5),
      rowOf({ x: ['d'] }, 6),
    ];
    const result = run(listed([]), rows);
    expect(result.rows.map(({ columns }) => columns.get('x')?.[0])).toEqual(['b', 'd', 'c', 'a']);
  });

  test('are left out beyond the limit', () => {
    const rows = [1, 2, 3].map((time) => rowOf({ x: [String(time)] }, time));
    const result = run(listed([], { groups: 2 }), rows);
    expect(result.fates).toEqual(['waits', 'waits', 'left out']);
    expect(result.rows).toHaveLength(2);
  });
});
