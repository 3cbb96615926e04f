import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Detection, DetectionFile } from '../../src/detection/frontends/frontend.ts';
import { normalisePlan } from '../../src/detection/plan/normalise-plan.ts';
import { parsePlan } from '../../src/detection/plan/parse-plan.ts';
import { printPlan } from '../../src/detection/plan/print-plan.ts';
import { runSample } from '../../src/detection/sample-run.ts';
import { runTests } from '../../src/detection/testing.ts';
import { load } from './load-fixture.ts';

const filesIn = (folder: string): DetectionFile[] =>
  readdirSync(folder).map((name) => ({
    path: join(folder, name),
    text: readFileSync(join(folder, name), 'utf8'),
  }));
const { detections, problems } = load({
  detections: filesIn('pipelines/detections'),
  allowlists: filesIn('pipelines/allowlists'),
});

test('the shipped files have no problems', () => {
  expect(problems).toEqual([]);
});

describe.each(detections.map((detection): [string, Detection] => [detection.plan.id, detection]))(
  '%s',
  (_, detection) => {
    test('passes its own tests, some that find and some that do not', () => {
      expect(runTests(detection).filter(({ passed }) => !passed)).toEqual([]);
      expect(detection.tests.filter(({ expect: rows }) => rows.length > 0).length).toBeGreaterThanOrEqual(3);
      expect(detection.tests.filter(({ expect: rows }) => rows.length === 0).length).toBeGreaterThanOrEqual(
        2,
      );
    });

    test('has a plan that prints and reads back', () => {
      const plan = normalisePlan(detection.plan);
      expect({ ...parsePlan(printPlan(plan)), origin: plan.origin }).toStrictEqual(plan);
    });
  },
);

const seed = detections.find(({ plan }) => plan.id === 'kubernetes-suspicious-image-pulling');
const data = '../shared/data/audit';
const lines = (path: string): string[] => readFileSync(path, 'utf8').split('\n').filter(Boolean);

describe('kubernetes-suspicious-image-pulling on recorded events', () => {
  const derived = join(data, 'derived/pulling-events.jsonl');
  test.skipIf(!existsSync(derived))('finds exactly the derived events that the search finds', () => {
    const events = lines(derived);
    const expected = lines(join(data, 'derived/pulling-events.expected.jsonl')).map(
      (line) => JSON.parse(line) as { seed_spl_matches: boolean },
    );
    const found = events.map((event) =>
      seed ? runSample(seed.plan, [{ lines: [event] }]).findings.length : -1,
    );
    expect(found).toEqual(expected.map((row) => (row.seed_spl_matches ? 1 : 0)));
    expect(seed && runSample(seed.plan, [{ lines: events }]).findings.length).toBe(
      found.filter((count) => count === 1).length,
    );
  });

  test.skipIf(!existsSync(join(data, 'kube-apiserver-1.34'))).each([
    ['audit-p1.jsonl', 55],
    ['audit-p2.jsonl', 56],
    ['audit-p3.jsonl', 0],
  ])('finds in %s one finding an event: %i', (name, count) => {
    const { findings } = seed
      ? runSample(seed.plan, [{ lines: lines(join(data, 'kube-apiserver-1.34', name)) }])
      : { findings: [] };
    expect(findings.length).toBe(count);
    expect(new Set(findings.flatMap(({ evidence }) => evidence)).size).toBe(count);
  });
});
