import { expect, test } from 'vitest';
import { severityOf } from '../../../src/detection/risk/severity.ts';

test.each([
  [-1, 9, 'informational'],
  [0, 9, 'informational'],
  [19.9, 9, 'informational'],
  [20, 10, 'low'],
  [29, 10, 'low'],
  [30, 11, 'low'],
  [40, 13, 'medium'],
  [59, 13, 'medium'],
  [60, 17, 'high'],
  [80, 21, 'critical'],
  [1_000, 21, 'critical'],
])('a score of %d is severity %d, %s', (score, number, text) => {
  expect(severityOf(score)).toEqual({ number, text });
});
