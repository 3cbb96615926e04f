import { describe, expect, test } from 'vitest';
import { cases } from './cases/cases.ts';
import { readOptions } from './options.ts';

test('a run without options is a full one: a gigabyte, five rounds, every case', () => {
  expect(readOptions([])).toMatchObject({ cases, isPartial: false, size: 1e9, rounds: 5, effort: 'quick' });
});

test('names of cases are names of one case each', () => {
  expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
});

for (const [args, expected] of [
  [['--only', 'seed', '--only', 'live'], { isPartial: true, cases: [{ name: 'seed' }, { name: 'live' }] }],
  [['--size', '256MiB', '--rounds', '7'], { isPartial: false, size: 268_435_456, rounds: 7 }],
  [['--size', '2g'], { size: 2e9 }],
  [['--smoke'], { isPartial: true, size: 1e6, rounds: 1, watchMs: 1_000 }],
  [['--smoke', '--size', '5M'], { size: 5e6, rounds: 1 }],
  [['--file', 'audit.log', '--yardsticks', 'all'], { isPartial: true, file: 'audit.log', effort: 'all' }],
] as const) {
  test(`${args.join(' ')} is understood`, () => {
    expect(readOptions(args)).toMatchObject(expected);
  });
}

describe('what is wrong is said', () => {
  for (const [args, message] of [
    [['--only', 'sed'], /^there is no case "sed".*"seed"\?$/],
    [['--size', 'much'], /^--size: "much" is no size; write one such as 1G$/],
    [['--rounds', '0'], /^--rounds: "0" is not a whole number above 0$/],
    [['--yardsticks', 'some'], /^--yardsticks: "some" is none of found, quick, all$/],
  ] as const) {
    test(args.join(' '), () => {
      expect(readOptions(args)).toMatch(message);
    });
  }

  test('an option that is not there', () => {
    expect(readOptions(['--fast'])).toContain("Unknown option '--fast'");
  });
});
