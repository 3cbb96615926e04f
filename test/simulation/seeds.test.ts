import { expect, test } from 'vitest';
import { seed, seeds, steps } from './knobs.ts';
import { mountFiles } from './mounted-files.ts';
import { randomRun } from './random-run.ts';

mountFiles();

const count = seeds(100, 10_000);

const answers = ['delivered', 'partial', 'refused', 'too large', 'wait', 'park'] as const;

/** What has to have happened somewhere: a simulation in which it never does proves nothing. */
const always = [
  ...['open', 'stat', 'read', 'write', 'sync', 'deliver'].flatMap((what) => [
    `${what} error`,
    `${what} crash`,
  ]),
  ...answers.map((kind) => `answer ${kind}`),
  'lost answer',
  'unparked',
  'dead letter',
  'caught up',
  'restart',
  'thresholds left out',
  'begin a line',
  'junk',
  'rotate',
  'rotate away',
  'replace',
  'replace by a copy',
  'copytruncate',
  'copytruncate with a hole',
  'regrow',
  'lose power',
  'clock jump',
];

test(
  `${count} seeds from ${seed} of ${steps} steps each lose, add and change nothing (D1)`,
  { timeout: 900_000 },
  async () => {
    const wrong: string[] = [];
    const sometimes = new Set<string>();
    for (let number = seed; number < seed + count; number++) {
      const run = await randomRun(number, steps);
      for (const what of run.sometimes.keys()) sometimes.add(what);
      if (run.problems.length > 0) wrong.push(again(number), ...run.problems.slice(0, 5));
      if (count === 1 && run.problems.length > 0) wrong.push(...run.latest);
    }
    expect(wrong).toEqual([]);
    if (count >= 200) expect(always.filter((what) => !sometimes.has(what))).toEqual([]);
  },
);

test('the same seed gives the same effects, byte for byte (D5)', { timeout: 900_000 }, async () => {
  const digests = new Set<string>();
  const twice = Math.max(1, Math.floor(count / 20));
  for (let number = seed; number < seed + twice; number++) {
    const { digest } = await randomRun(number, steps);
    expect((await randomRun(number, steps)).digest).toBe(digest);
    digests.add(digest);
  }
  expect(digests.size).toBe(twice);
});

const again = (number: number): string =>
  `npm run simulate -- --seed ${number}${steps === 50 ? '' : ` --steps ${steps}`}`;
