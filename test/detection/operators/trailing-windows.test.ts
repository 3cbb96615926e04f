import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groupEnd, type Group } from '../../../src/detection/operators/group.ts';
import { emptyTrail, withRow } from '../../../src/detection/operators/trail.ts';
import { trailingWindows } from '../../../src/detection/operators/trailing-windows.ts';

const rowAt = (time: number, events = 1): Group => ({
  from: String(time),
  to: String(time),
  events,
  evidence: [],
  measures: [],
  values: [],
  left: false,
  origin: null,
});

const merge = (a: Group, b: Group): Group => ({
  ...b,
  from: BigInt(a.from) < BigInt(b.from) ? a.from : b.from,
  events: a.events + b.events,
});

const times = fc.array(fc.nat(60), { minLength: 1, maxLength: 30 }).map((all) => all.sort((a, b) => a - b));

test('trailing windows hold what lies in them, for each time once', () => {
  fc.assert(
    fc.property(times, fc.integer({ min: 1, max: 20 }), (all, length) => {
      const found = [
        ...trailingWindows(
          all.map((time) => rowAt(time)),
          BigInt(length),
          merge,
        ),
      ];
      const expected = [...new Set(all)].map((end) => ({
        end: BigInt(end),
        events: all.filter((time) => time <= end && time > end - length).length,
      }));
      expect(found.map(({ end, group }) => ({ end, events: group.events }))).toEqual(expected);
    }),
    { seed: 31, numRuns: 500 },
  );
});

test('trailing windows take a number of merges that grows with the rows', () => {
  let merges = 0;
  const counting = (a: Group, b: Group): Group => {
    merges++;
    return merge(a, b);
  };
  const rows = Array.from({ length: 1_000 }, (_, time) => rowAt(time));
  expect([...trailingWindows(rows, 300n, counting)]).toHaveLength(1_000);
  expect(merges).toBeLessThan(4_000);
});

describe('a trail', () => {
  test('holds its rows by time, however they come', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { maxLength: 20 }), (all) => {
        const trail = all.reduce((held, time) => withRow(held, rowAt(time), 99, merge), emptyTrail);
        expect(trail.rows.map((row) => Number(row.to))).toEqual([...all].sort((a, b) => a - b));
        expect(trail.coarse).toBe(false);
      }),
      { seed: 32, numRuns: 200 },
    );
  });

  test('beyond its bound loses no row, and holds none too long by more than its share', () => {
    const limit = 8;
    let coarse = 0;
    fc.assert(
      fc.property(fc.array(fc.nat(1_000), { minLength: 5, maxLength: 60 }), (all) => {
        const trail = all.reduce((held, time) => withRow(held, rowAt(time), limit, merge), emptyTrail);
        expect(trail.rows.length).toBeLessThanOrEqual(limit);
        expect(trail.rows.reduce((total, { events }) => total + events, 0)).toBe(all.length);
        for (const row of trail.rows) {
          expect(Number(groupEnd(row)) - Number(row.from)).toBeLessThanOrEqual(2_000 / limit);
        }
        if (trail.coarse) coarse++;
      }),
      { seed: 33, numRuns: 300 },
    );
    expect(coarse).toBeGreaterThan(50);
  });
});
