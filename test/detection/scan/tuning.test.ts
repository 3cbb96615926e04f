import { describe, expect, test } from 'vitest';
import { ColumnChoice } from '../../../src/detection/scan/column-choice.ts';
import type { ColumnCounts } from '../../../src/detection/scan/column-table.ts';
import { RouteChoice } from '../../../src/detection/scan/route-choice.ts';

const counts = (given: Partial<ColumnCounts>): ColumnCounts => ({
  lookups: 10_000,
  misses: 0,
  narrowed: 5_000,
  ruledOut: 5_000,
  flushes: 0,
  ...given,
});

describe('a column', () => {
  for (const [what, given, mode] of [
    ['that rules lines out is looked at early', {}, 'early'],
    ['whose values hardly repeat is looked at late', { misses: 9_000 }, 'late'],
    ['that takes no plans away is not looked at', { narrowed: 0, ruledOut: 0 }, 'off'],
    ['of which little is known stays as it is', { lookups: 10, misses: 10, narrowed: 0 }, 'early'],
  ] as const) {
    test(what, () => {
      const choice = new ColumnChoice();
      choice.review(counts(given));
      expect(choice.mode).toBe(mode);
    });
  }

  test('that is late and keeps no line from the plain path is not looked at', () => {
    const choice = new ColumnChoice();
    choice.review(counts({ misses: 9_000 }));
    choice.review(counts({ misses: 9_000, ruledOut: 5_000 }));
    expect(choice.mode).toBe('late');
    choice.review(counts({ misses: 9_000, ruledOut: 10 }));
    expect(choice.mode).toBe('off');
  });

  test('is tried again after a while, and then after twice as long', () => {
    const choice = new ColumnChoice();
    const trials: number[] = [];
    for (let period = 0; period < 150; period++) {
      choice.review(counts(choice.mode === 'early' ? { narrowed: 0, ruledOut: 0 } : { lookups: 0 }));
      if (choice.isTrial) trials.push(period);
    }
    expect(trials).toEqual([32, 97]);
  });
});

describe('a route', () => {
  test('is the cheapest of those that were tried', () => {
    const choice = new RouteChoice(['literals', 'fields']);
    expect(choice.current).toBe('literals');
    choice.next(2);
    expect([choice.current, choice.isTrial]).toEqual(['fields', true]);
    choice.next(1);
    expect([choice.current, choice.isTrial]).toEqual(['fields', false]);
    expect([...choice.costs]).toEqual([
      ['literals', 2],
      ['fields', 1],
    ]);
  });

  test('that was dearer is tried again after a while, and taken if it no longer is', () => {
    const choice = new RouteChoice(['literals', 'fields']);
    const costs = { literals: 1, fields: 2 };
    const taken: string[] = [];
    for (let period = 0; period < 40; period++) {
      taken.push(choice.current);
      if (period === 20) costs.fields = 0.5;
      choice.next(costs[choice.current]);
    }
    expect(taken.slice(0, 3)).toEqual(['literals', 'fields', 'literals']);
    expect(taken.slice(3, 33)).not.toContain('fields');
    expect(taken.slice(36)).toEqual(Array.from({ length: 4 }, () => 'fields'));
  });

  test('of which there is one is always taken', () => {
    const choice = new RouteChoice(['fields']);
    for (let period = 0; period < 5; period++) choice.next(period);
    expect([choice.current, choice.isTrial]).toEqual(['fields', false]);
  });
});
