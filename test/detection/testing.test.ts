import { expect, test } from 'vitest';
import type { DetectionTest, Surroundings } from '../../src/detection/frontends/frontend.ts';
import { nativeFrontend } from '../../src/detection/frontends/native/native.ts';
import { loadContent } from '../../src/detection/frontends/splunk/load-content.ts';
import { runTests, type TestResult } from '../../src/detection/testing.ts';

const text = `detection: d
title: D
where: {verb: get}
window: {every: 1h, lateness: 0s}
group_by: [{field: user, default: nobody}, {field: sourceIPs, as: ip, default: '-'}]
measures: {n: count()}
`;

const { content: splunk } = loadContent({
  macros: [],
  deployments: [],
  lookups: [],
  define: {},
  definedAt: 'macros.define',
  missingLookup: 'error',
});
const around: Surroundings = {
  allowlists: new Map(),
  mode: 'streaming',
  modeOf: () => 'streaming',
  splunk,
};

function run(
  events: readonly object[],
  expected: DetectionTest['expect'],
  more: { readonly rest?: string; readonly raw?: readonly string[] } = {},
): TestResult | undefined {
  const file = { path: 'd', text: text + (more.rest ?? '') };
  const { detections, problems } = nativeFrontend.compile(file, around);
  expect(problems).toEqual([]);
  const [detection] = detections;
  const all = [...events.map((event) => JSON.stringify(event)), ...(more.raw ?? [])];
  const given = { name: 't', events: all, expect: expected, line: 1 };
  return detection && runTests({ plan: detection.plan, tests: [given] })[0];
}

const passed = { name: 't', passed: true, why: [] };

test('passes if the findings have the expected columns, in any order', () => {
  const events = [{ verb: 'get', user: 'a' }, { verb: 'get', user: 'b' }, { verb: 'list' }];
  expect(run(events, [{ user: ['b'] }, { user: ['a'], n: ['1'] }])).toEqual(passed);
});

test('passes if nothing is expected and nothing found', () => {
  expect(run([{ verb: 'list' }], [])).toEqual(passed);
});

test('a loose expectation does not take the finding of a strict one', () => {
  const events = [
    { verb: 'get', user: 'a' },
    { verb: 'get', user: 'b' },
  ];
  expect(run(events, [{}, { user: ['a'] }])).toEqual(passed);
});

test('says what is missing and what was found instead', () => {
  expect(run([{ verb: 'get', user: 'a\u001b[2J' }], [{ user: ['b'] }])).toEqual({
    name: 't',
    passed: false,
    why: ['expected 1 finding, found 1', 'missing: user=b', 'found instead: user=a\\u{1b}[2J'],
  });
});

test('says what was found beside what was expected', () => {
  expect(run([{ verb: 'get', sourceIPs: ['1.1.1.1', '::1'] }], [])?.why).toEqual([
    'expected 0 findings, found 1',
    'found as well: user=nobody, ip=1.1.1.1 ::1, n=1',
  ]);
});

test('all values of a column have to be there', () => {
  const events = [{ verb: 'get', sourceIPs: ['1.1.1.1', '::1'] }];
  expect(run(events, [{ ip: ['1.1.1.1', '::1'] }])).toEqual(passed);
  expect(run(events, [{ ip: ['1.1.1.1'] }])?.passed).toBe(false);
});

test('windows close by the time of the events, and at the end', () => {
  const at = (stageTimestamp: string): object => ({ verb: 'get', user: 'a', stageTimestamp });
  const events = [at('2026-01-01T10:00:00Z'), at('2026-01-01T10:59:59Z'), at('2026-01-01T11:00:00Z')];
  expect(run(events, [{ n: ['2'] }, { n: ['1'] }], { rest: 'emit: close\n' })).toEqual(passed);
});

test('an event that cannot be read fails the test', () => {
  const result = run([{ verb: 'list' }], [], { raw: ['{"verb": get}'] });
  expect(result).toEqual({ name: 't', passed: false, why: ['event 2 is not valid JSON'] });
});
