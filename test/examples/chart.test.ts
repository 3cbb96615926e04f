import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { version } from '../../src/record/own.ts';

test('the chart is of the version that it installs', () => {
  const chart = parse(readFileSync('examples/helm/riskpipe/Chart.yaml', 'utf8')) as unknown;
  expect(chart).toMatchObject({ name: 'riskpipe', version, appVersion: version });
});
