import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { runSample } from '../../src/detection/sample-run.ts';
import { detectionSchema } from '../../src/processors/detection/config.ts';
import { load } from '../detection/load-fixture.ts';
import { sections } from './generated-sections.ts';
import { generatedParts, regenerated } from './regenerated.ts';

const path = 'docs/splunk.md';

/** The first YAML block behind `mark`. */
function yamlBehind(page: string, mark: string): string {
  const [, text = ''] = /```yaml\n([\s\S]*?)```/.exec(page.slice(page.indexOf(mark))) ?? [];
  return text;
}

test('docs/splunk.md says what the code says; "npm run docs" brings it up to date', async () => {
  const page = readFileSync(path, 'utf8');
  const wanted = await regenerated(page, path, sections);
  if (process.env['RISKPIPE_DOCS'] === 'write') writeFileSync(path, wanted);
  else expect(page === wanted, 'docs/splunk.md is out of date: run "npm run docs"').toBe(true);
  expect(generatedParts(wanted)).toEqual(new Set(Object.keys(sections)));
});

test("the detection of one's own that is shown compiles without a warning, and passes its test", () => {
  const text = yamlBehind(readFileSync(path, 'utf8'), '<!-- detection -->');
  const file = { path: 'secrets_listed_by_a_service_account.yml', text };
  const { detections, problems } = load(
    { detections: [file] },
    { define: { kube_audit: 'source="kubernetes"' } },
  );
  expect(problems).toEqual([]);
  const [detection] = detections;
  const event = (username: string, at: string): string =>
    JSON.stringify({
      verb: 'list',
      objectRef: { resource: 'secrets', namespace: 'shop' },
      user: { username },
      stageTimestamp: `2026-04-12T${at}Z`,
    });
  const lines = [event('ada', '12:51:00'), event('system:serviceaccount:shop:web', '12:52:00')];
  const found = detection && runSample(detection.plan, [{ lines }]).findings;
  expect(found?.map(({ columns }) => Object.fromEntries(columns))).toEqual([
    { user: ['system:serviceaccount:shop:web'], count: ['1'], namespaces: ['shop'] },
  ]);
  expect(detection?.attackData).toMatchObject([{ files: [{ data: 'secrets_listed.json' }] }]);
});

test('the incident options that are shown are options, with the defaults that are told', () => {
  const text = yamlBehind(readFileSync(path, 'utf8'), '## Risk events and incidents');
  const shown = parse(text) as { readonly processors: { readonly detection: unknown } };
  expect(detectionSchema.parse(shown.processors.detection).incidents).toEqual({
    risk_threshold: { window: 86_400_000, score: 100 },
    tactic_threshold: { window: 604_800_000, tactics: 3, sources: 4 },
  });
});
