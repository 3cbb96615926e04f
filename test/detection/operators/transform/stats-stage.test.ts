import { describe, expect, test } from 'vitest';
import { defaultLimits } from '../../../../src/detection/operators/limits.ts';
import { statsStage } from '../../../../src/detection/operators/transform/stats-stage.ts';
import type { Shortage } from '../../../../src/detection/operators/transform/stats-table.ts';
import type { Moment, TableRow } from '../../../../src/detection/operators/transform/table-row.ts';
import type { Stats } from '../../../../src/detection/plan/transform.ts';
import { noReferences } from '../../../../src/detection/reference.ts';
import { count, statistic, stats } from '../../search-fixture.ts';

const at: Moment = { now: 100n, references: noReferences };

type Given = Readonly<Record<string, string | readonly string[]>>;

/** Rows newest first, each of an event of its own. */
const rowsOf = (...given: readonly Given[]): readonly TableRow[] =>
  given.map((columns, index) => {
    const time = String(given.length - index);
    return {
      columns: new Map(
        Object.entries(columns).map(([name, values]) => [
          name,
          typeof values === 'string' ? [values] : values,
        ]),
      ),
      trace: {
        from: time,
        to: time,
        events: 1,
        evidence: [[time, `id${time}`] as const],
        origin: [time, ''] as const,
      },
    };
  });

function run(
  stage: Stats,
  rows: readonly TableRow[],
  limits = {},
): {
  readonly rows: readonly Given[];
  readonly traces: readonly TableRow['trace'][];
  readonly shortage: Shortage | undefined;
} {
  let shortage: Shortage | undefined;
  const result = statsStage(stage, { ...defaultLimits, ...limits }, (said) => (shortage = said))(rows, at);
  const shown = result.map(({ columns }) =>
    Object.fromEntries(
      [...columns].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]),
    ),
  );
  return { rows: shown, traces: result.map(({ trace }) => trace), shortage };
}

describe('stats', () => {
  test('fans out over the values of its columns (spec/spl.md trap 9)', () => {
    const event = { groups: ['g1', 'g2', 'g3'], ip: ['10.0.0.1', '34.1.1.1'] };
    const { rows, traces } = run(stats(['groups', 'ip']), rowsOf(event));
    expect(rows).toEqual(
      ['g1', 'g2', 'g3'].flatMap((groups) =>
        ['10.0.0.1', '34.1.1.1'].map((ip) => ({ groups, ip, count: '1' })),
      ),
    );
    expect(traces.map(({ events }) => events)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test('counts a value as often as a row has it (trap 10), unless it is told otherwise', () => {
    const rows = rowsOf({ ip: ['1.1.1.1', '1.1.1.1'], x: '2' });
    const measures = [count, statistic('sum', 'x')];
    expect(run(stats(['ip'], measures), rows).rows).toEqual([{ ip: '1.1.1.1', count: '2', 'sum(x)': '4' }]);
    expect(run(stats(['ip'], measures, { distinct: true }), rows).rows).toEqual([
      { ip: '1.1.1.1', count: '1', 'sum(x)': '2' },
    ]);
    expect(run(stats(['ip']), rows).traces[0]?.events).toBe(1);
  });

  test('counts a row that lacks a column to group by nowhere; an empty text is a value', () => {
    expect(run(stats(['a', 'b']), rowsOf({ a: '1' }, { a: '1', b: '' }, { b: '2' })).rows).toEqual([
      { a: '1', b: '', count: '1' },
    ]);
  });

  test('sees all values of a column that it groups by as well (spec/spl.md §9)', () => {
    const { rows } = run(stats(['g'], [statistic('values', 'g', { as: 'all' })]), rowsOf({ g: ['b', 'a'] }));
    expect(rows).toEqual([
      { g: 'a', all: ['a', 'b'] },
      { g: 'b', all: ['a', 'b'] },
    ]);
  });

  test('gives one row without columns to group by, of no row at all as well (trap 41)', () => {
    const stage = stats([], [count, statistic('dc', 'x'), statistic('max', 'x')]);
    expect(run(stage, rowsOf({ x: '1' }, { x: '2' })).rows).toEqual([
      { count: '2', 'dc(x)': '2', 'max(x)': '2' },
    ]);
    expect(run(stage, []).rows).toEqual([{ count: '0', 'dc(x)': '0' }]);
    expect(run(stage, []).traces).toEqual([
      { from: '100', to: '100', events: 0, evidence: [], origin: null },
    ]);
    expect(run(stats(['x']), []).rows).toEqual([]);
  });

  test('leaves out a measure that has nothing to show', () => {
    const rows = rowsOf({ g: 'a' }, { g: 'b', x: '1' });
    expect(run(stats(['g'], [statistic('values', 'x')]), rows).rows).toEqual([
      { g: 'a' },
      { g: 'b', 'values(x)': '1' },
    ]);
  });

  test('gives its rows in the order of their values: numbers by value, before texts by bytes', () => {
    const rows = rowsOf({ g: 'b' }, { g: '10' }, { g: 'B' }, { g: '9' }, { g: '1.0' }, { g: '1' });
    expect(run(stats(['g']), rows).rows.map(({ g }) => g)).toEqual(['1', '1.0', '9', '10', 'B', 'b']);
  });

  test('stands for the events of its group: from the first to the last, what the first one said', () => {
    const rows = rowsOf({ g: 'a', x: 'new' }, { g: 'b' }, { g: 'a', x: 'old' });
    const { traces, rows: shown } = run(
      stats(['g'], [statistic('first', 'x'), statistic('last', 'x')]),
      rows,
    );
    expect(shown[0]).toEqual({ g: 'a', 'first(x)': 'new', 'last(x)': 'old' });
    expect(traces[0]).toEqual({
      from: '1',
      to: '3',
      events: 2,
      evidence: [
        ['1', 'id1'],
        ['3', 'id3'],
      ],
      origin: ['1', ''],
    });
  });

  test('counts further groups together when there is no room, and says so', () => {
    const rows = rowsOf({ g: 'd' }, { g: ['c', 'd'] }, { g: 'a' }, { g: 'b' }, { g: 'a' });
    const { rows: shown, traces, shortage } = run(stats(['g'], [count]), rows, { groups: 2 });
    expect(shown).toEqual([
      { g: ['a', 'b'], count: '3' },
      { g: 'c', count: '1' },
      { g: 'd', count: '2' },
    ]);
    expect(traces.map(({ events }) => events)).toEqual([3, 1, 2]);
    expect(shortage?.groups).toBe(true);
    expect(run(stats(['g']), rows, { groups: 4 }).shortage?.groups).toBe(false);
  });

  test('counts the trusted address first when a row has too many combinations', () => {
    const { rows, shortage } = run(stats(['sourceIPs{}']), rowsOf({ 'sourceIPs{}': ['1', '2', '3'] }), {
      combinations: 1,
    });
    expect(rows).toEqual([{ 'sourceIPs{}': '3', count: '1' }]);
    expect(shortage?.combinations).toBe(true);
  });

  test('names the measures that hold too many values', () => {
    const rows = rowsOf({ x: '1', y: '1' }, { x: '2', y: '1' }, { x: '3', y: '1' });
    const { shortage } = run(stats([], [statistic('values', 'x'), statistic('values', 'y')]), rows, {
      values: 2,
    });
    expect(shortage?.values).toEqual(['values(x)']);
  });
});

describe('eventstats', () => {
  const join = { join: true };

  test('gives each row the measures of its group, and leaves a row alone that is in none', () => {
    const rows = rowsOf({ g: 'a', x: '1' }, { x: '5', count: 'own' }, { g: 'a', x: '2' });
    expect(run(stats(['g'], [count, statistic('sum', 'x')], join), rows).rows).toEqual([
      { g: 'a', x: '1', count: '2', 'sum(x)': '3' },
      { x: '5', count: 'own' },
      { g: 'a', x: '2', count: '2', 'sum(x)': '3' },
    ]);
    expect(run(stats([], [count], join), rows).rows.map(({ count: all }) => all)).toEqual(['3', '3', '3']);
    expect(run(stats([], [count], join), []).rows).toEqual([]);
  });

  test('gives a row that is in several groups what any of them has', () => {
    const rows = rowsOf({ g: ['a', 'b'] }, { g: 'a' });
    expect(run(stats(['g'], [count], join), rows).rows).toEqual([
      { g: ['a', 'b'], count: ['2', '1'] },
      { g: 'a', count: '2' },
    ]);
  });

  test('takes a column away that its measure has nothing for', () => {
    const rows = rowsOf({ g: 'a', m: 'old' });
    expect(run(stats(['g'], [statistic('max', 'x', { as: 'm' })], join), rows).rows).toEqual([{ g: 'a' }]);
  });
});
