import { expect, test } from 'vitest';
import type { Contestant } from './contest.ts';
import { runContest } from './run-contest.ts';

const silent = (): void => {};

function counting(name: string, order: string[], run: (round: number) => number): Contestant {
  let round = 0;
  return {
    name,
    async run() {
      order.push(name);
      return [{ name, unit: 'MB/s', value: run(round++) }];
    },
  };
}

test('everybody runs once a round, and each round begins with another one', async () => {
  const order: string[] = [];
  const contestants = ['a', 'b', 'c'].map((name) => counting(name, order, (round) => round));
  const { series, failures } = await runContest({ contestants, goals: [], remarks: [] }, 3, silent);
  expect(order.join('')).toBe('abcbcacab');
  expect(series.get('b')).toEqual({ unit: 'MB/s', rounds: [0, 1, 2] });
  expect(failures).toEqual([]);
});

test('who fails is said, keeps its rounds so far, and is not asked again', async () => {
  const order: string[] = [];
  const failing = counting('a', order, (round) => {
    if (round === 1) throw new Error('it broke');
    return 5;
  });
  const contestants = [failing, counting('b', order, () => 1)];
  const { series, failures } = await runContest({ contestants, goals: [], remarks: [] }, 4, silent);
  expect(order.filter((name) => name === 'a')).toHaveLength(2);
  expect(series.get('a')?.rounds).toEqual([5]);
  expect(series.get('b')?.rounds).toEqual([1, 1, 1, 1]);
  expect(failures).toEqual(['a: it broke']);
});

test('nobody at all is no failure', async () => {
  const { series } = await runContest({ contestants: [], goals: [], remarks: [] }, 2, silent);
  expect(series.size).toBe(0);
});
