import { expect, test } from 'vitest';
import { noReferences } from '../../../src/detection/reference.ts';
import type { Sample } from '../../../src/detection/sample-run.ts';
import { runDataTest } from '../../../src/detection/testing/data-test.ts';
import type { TestResult } from '../../../src/detection/testing.ts';
import { compile, detectionText } from '../splunk/run-search.ts';

const rba = {
  message: '$user$ did it',
  risk_objects: [{ field: 'user', type: 'user', score: 30 }],
  threat_objects: [{ field: 'src_ip', type: 'ip_address' }],
};

function run(
  search: string,
  samples: readonly Sample[],
  given: Readonly<Record<string, unknown>> = {},
): TestResult {
  const file = { path: 'a_search.yml', text: detectionText(search, { type: 'Anomaly', rba, ...given }) };
  return runDataTest(compile(file, 'streaming', {}), 't', samples, noReferences);
}

const event = (stageTimestamp: string | undefined, rest: object = {}): string =>
  JSON.stringify({ verb: 'list', user: 'ada', src_ip: '10.0.0.1', ...rest, stageTimestamp });

const times = ['2025-01-01T10:00:00Z', '2026-04-12T13:00:00Z', '2026-04-12T13:55:00Z'];
const three: readonly Sample[] = [{ lines: times.map((time) => event(time)) }];
const passed = { name: 't', passed: true, why: [] };

test('events of all times, however far apart, are looked at together', () => {
  expect(run('verb=list | stats count by user src_ip | where count=3', three)).toEqual(passed);
  expect(run('verb=list | stats count by user src_ip | where count<3', three).why).toEqual([
    'expected a row, found none',
  ]);
});

test('events that say no time are looked at together, too', () => {
  const lines = [event(undefined), event(undefined)];
  expect(run('verb=list | stats count by user src_ip | where count=2', [{ lines }])).toEqual(passed);
});

test('a search is run as it would be scheduled: nobody to learn a field from, no row', () => {
  expect(run('verb=list | fillnull | stats count by user src_ip uid', three).passed).toBe(false);
});

test.each([
  ['is missing', event(times[0], { user: undefined })],
  ['is the text null', event(times[0], { user: 'null' })],
  ['is null', event(times[0], { user: null })],
])('a row counts only with its risk object: it %s', (_, line) => {
  expect(run('verb=list | table user src_ip', [{ lines: [line] }]).why).toEqual([
    'found 1 row, none of which has every risk object: "user"',
  ]);
  expect(run('verb=list | table user src_ip', [{ lines: [line, event(times[1])] }])).toEqual(passed);
});

test('the threat object has to be there in some row, whichever', () => {
  const lines = [event(times[0], { src_ip: undefined }), event(times[1], { user: undefined })];
  expect(run('verb=list | table user src_ip', [{ lines }])).toEqual(passed);
  const { why } = run('verb=list | table user src_ip', [
    { lines: lines.slice(0, 1) },
    { lines: [event(times[0], { src_ip: '' })] },
  ]);
  expect(why).toEqual(['found 2 rows, none of which has the threat object "src_ip"']);
});

test('a detection without risk needs a row and nothing else', () => {
  const given = { type: 'Hunting', rba: undefined };
  expect(run('verb=list | stats count', three, given)).toEqual(passed);
});

test('every file has its own source and sourcetype, and may hold plain text', () => {
  const samples = [
    { lines: ['2026-04-12T13:00:00Z warning user=ada src_ip=10.0.0.1'], source: 'a', sourcetype: 'falco' },
    { lines: ['user=bob src_ip=10.0.0.2'], source: 'b', sourcetype: 'other' },
  ];
  expect(run('source=a sourcetype=falco | stats count by user src_ip | where user="ada"', samples)).toEqual(
    passed,
  );
  expect(run('source=a sourcetype=other | table user src_ip', samples).passed).toBe(false);
});

test('what is no event is told of only where the test fails, and not without end', () => {
  const lines = [event(times[0]), ...Array.from({ length: 7 }, () => '{"broken')];
  expect(run('verb=list | table user src_ip', [{ lines }])).toEqual(passed);
  expect(run('verb=none | table user src_ip', [{ lines }]).why).toEqual([
    'expected a row, found none',
    ...[2, 3, 4, 5, 6].map((number) => `event ${number} is not framed by "{" and "}"`),
    '2 more are no events',
  ]);
});
