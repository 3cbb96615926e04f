import { expect, test } from 'vitest';
import type { Goal, Unit } from '../contest.ts';
import { answer, limit, subject } from '../report/words.ts';
import { judge } from './judge.ts';

const measured = (
  series: Readonly<Record<string, readonly (number | undefined)[]>>,
  unit: Unit = 'MB/s',
) => ({
  series: new Map(Object.entries(series).map(([name, rounds]) => [name, { unit, rounds }])),
  failures: [],
});

const faster: Goal = { kind: 'ratio', of: 'own', to: 'grep', must: 2, aim: 3 };
const smaller: Goal = { kind: 'most', of: 'memory', unit: 'MB', must: 90, aim: 60 };
const more: Goal = { kind: 'least', of: 'events', unit: 'risk events/s', must: 250_000, aim: 380_000 };

for (const [what, goal, series, must, aim] of [
  ['a ratio at its limit', faster, { own: [20, 40, 30], grep: [10, 20, 15] }, true, false],
  ['a ratio below it', faster, { own: [19], grep: [10] }, false, false],
  ['a ratio that is fast in most rounds', faster, { own: [40, 40, 10], grep: [10, 10, 10] }, true, true],
  ['little memory', smaller, { memory: [50, 55, 200] }, true, true],
  ['too much memory', smaller, { memory: [91] }, false, false],
  ['many events', more, { events: [undefined, 300_000] }, true, false],
] as const) {
  test(`${what} ${must ? 'meets' : 'misses'} the must and ${aim ? 'meets' : 'misses'} the aim`, () => {
    expect(judge(goal, measured(series)).meets).toEqual({ must, aim });
  });
}

test('a ratio to a yardstick that is too slow is divided by how much', () => {
  const handicap = { factor: 4, why: 'an old edition' };
  const verdict = judge({ ...faster, handicap }, measured({ own: [40], grep: [10] }));
  expect(verdict.measured?.median).toBe(1);
  expect(verdict.meets.must).toBe(false);
  expect(subject(verdict.goal)).toBe('own / grep / 4 (an old edition)');
});

test('what was not measured is neither met nor missed', () => {
  const verdict = judge(faster, measured({ own: [40] }));
  expect(verdict.measured).toBeUndefined();
  expect(answer(verdict)).toBe('not measured');
});

test('a goal says its limits with their unit', () => {
  expect(limit(faster, 'must')).toBe('at least 2x');
  expect(limit(smaller, 'aim')).toBe('at most 60 MB');
  expect(limit(more, 'must')).toBe('at least 250,000 risk events/s');
});
