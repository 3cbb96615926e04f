import { expect, test } from 'vitest';
import { riskScore } from '../../../../../src/detection/frontends/splunk/files/risk-score.ts';

test.each([
  [25, 50, 12],
  [45, 50, 22],
  [35, 50, 18],
  [70, 70, 49],
  [51, 50, 26],
  [50, 50, 25],
  [33, 50, 16],
  [0, 100, 0],
  [100, 100, 100],
  [90, 90, 81],
])('trap 35: impact %i and confidence %i make %i', (impact, confidence, score) => {
  expect(riskScore(impact, confidence)).toBe(score);
  expect(riskScore(confidence, impact)).toBe(score);
});
