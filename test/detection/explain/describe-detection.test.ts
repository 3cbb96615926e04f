import { expect, test } from 'vitest';
import { describeDetection } from '../../../src/detection/explain/describe-detection.ts';
import { parsePlan } from '../../../src/detection/plan/parse-plan.ts';
import { normalisePlan } from '../../../src/detection/plan/normalise-plan.ts';
import { printPlan } from '../../../src/detection/plan/print-plan.ts';
import { load } from '../load-fixture.ts';
import { detectionText } from '../splunk/run-search.ts';

function described(text: string, path: string): { readonly text: string; readonly plan: string } {
  const { detections } = load({ detections: [{ path, text }] }, { define: { mine: 'source=x\nverb=list' } });
  const [detection] = detections;
  if (detection === undefined) throw new Error('no detection');
  return { text: describeDetection(detection), plan: printPlan(normalisePlan(detection.plan)) };
}

test('of a search it shows text, tree and stages in front of the plan, as comments of the same YAML', () => {
  const { text, plan } = described(detectionText('`mine` | head 3 | stats count by user'), 'd.yml');
  expect(text).toBe(`# search, with its macros expanded:
#   source=x
#   verb=list | head 3 | stats count by user
#
# syntax tree:
#   search
#     and
#       source=x
#       verb=list
#   head 3
#   stats
#     count
#     by
#       user
#
# stages behind "where":
#   1. take the first 3 rows
#   2. stats count by user
#
# runs scheduled in either mode:
#   "head" takes the first of all rows of a window, so they leave when it closes
#
${plan}`);
  expect(printPlan(parsePlan(text))).toBe(plan);
});

test('of another detection it shows the plan alone', () => {
  const { text, plan } = described('detection: d\ntitle: D\nwhere: {verb: get}\n', 'd.yaml');
  expect(text).toBe(plan);
});

test('what a search holds cannot move the cursor', () => {
  const { text } = described(detectionText('a="\u202e"'), 'd.yml');
  expect(text.slice(0, text.indexOf('\nid:'))).not.toContain('\u202e');
});
