import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { metrics } from '../../src/service/telemetry/metric-catalog.ts';
import { metricsConfig } from '../../src/service/telemetry/metrics-config.ts';
import { code, table } from './markdown-table.ts';
import { optionsTable } from './options-table.ts';
import { generatedParts, regenerated, type Sections } from './regenerated.ts';

const path = 'docs/metrics.md';

const sections: Sections = {
  options: () => optionsTable(metricsConfig),
  metrics: () =>
    table(
      ['metric', 'kind', 'unit', 'level', 'labels', 'what it is'],
      Object.entries(metrics).map(([name, { kind, unit, level, labels, description }]) => [
        code(name),
        kind,
        code(unit),
        level,
        labels.map(code).join(' '),
        description,
      ]),
    ),
};

test('docs/metrics.md says what the code says; "npm run docs" brings it up to date', async () => {
  const page = readFileSync(path, 'utf8');
  const wanted = await regenerated(page, path, sections);
  if (process.env['RISKPIPE_DOCS'] === 'write') writeFileSync(path, wanted);
  else expect(page === wanted, 'docs/metrics.md is out of date: run "npm run docs"').toBe(true);
  expect(generatedParts(wanted)).toEqual(new Set(Object.keys(sections)));
});

test('the configuration of docs/metrics.md is one', () => {
  const [, text = ''] = /```yaml\n([\s\S]*?)```/.exec(readFileSync(path, 'utf8')) ?? [];
  const shown = parse(text) as { readonly service: { readonly telemetry: { readonly metrics: unknown } } };
  const { success, data } = metricsConfig.safeParse(shown.service.telemetry.metrics);
  expect([success, data?.readers.length]).toEqual([true, 2]);
});
