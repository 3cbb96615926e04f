import { describe, expect, test } from 'vitest';
import { explainEvent } from '../../src/detection/explain.ts';
import { formatExplanation } from '../../src/detection/explain/explanation.ts';
import type { Mode } from '../../src/detection/plan/plan.ts';
import { compile, detectionText } from './splunk/run-search.ts';
import { referencesOf } from './splunk/references.ts';
import { at } from './splunk/search-case.ts';

const rba = {
  message: '$user$ did it',
  risk_objects: [{ field: 'user', type: 'user', score: 30 }],
  threat_objects: [],
};
const references = referencesOf({
  places: { '34.1.1.1': { City: 'Amsterdam', Country: 'Netherlands', Region: '', lat: '', lon: '' } },
});

function explained(
  search: string,
  event: object | string,
  { mode = 'streaming', ...given }: { readonly mode?: Mode; readonly deployment?: object } = {},
): string {
  const file = { path: 's.yml', text: detectionText(search, { type: 'Anomaly', rba, ...given }) };
  const text = typeof event === 'string' ? event : JSON.stringify({ stageTimestamp: at('13:00'), ...event });
  const plan = compile(file, mode, {});
  return formatExplanation(explainEvent(plan, text, { references }) ?? []);
}

const event = { verb: 'list', user: { username: 'ada' }, sourceIPs: ['34.1.1.1'] };

test('shows what each stage did to an event, its window, and what leaves in either mode', () => {
  const search =
    'verb=list | iplocation sourceIPs{} | fillnull | search NOT Country="United States" user.username=a*' +
    ' | stats count by user.username uid Country | where count > 0 | rename user.username as user';
  expect(explained(search, event)).toMatchInlineSnapshot(`
    "where    verb is "list"                                                yes  list
    stage    1. add the place of sourceIPs{}
               + City = Amsterdam
               + Country = Netherlands
               + Region = ""
               + lat = ""
               + lon = ""
             2. fill every column of the window with "0"
               + uid = 0
             3. keep rows where not Country is "United States" and user.username glob "a*"  yes
               all of                                                      yes
                 not                                                       yes
                   Country is "United States"                              no   Netherlands
                 user.username glob "a*"                                   yes  ada
             4. stats count by user.username, uid, Country
               = user.username = ada, uid = 0, Country = Netherlands, count = 1
             5. keep rows where count > 0                                  yes  count = 1
             6. rename user.username as user
               + user = ada
               - user.username
    window   2026-04-12T12:50:00Z to 2026-04-12T13:50:00Z, the run is at 2026-04-12T14:00:00Z
    result   streaming: finding at once: risk 30 for user ada
             scheduled: no finding: nothing is left behind stage 4, which lacks "uid"
    "
  `);
});

test('shows the stages as they run in the mode of the detection', () => {
  const search = 'verb=list | fillnull | stats count by user.username uid | rename user.username as user';
  expect(explained(search, event, { mode: 'scheduled' })).toMatchInlineSnapshot(`
    "where    verb is "list"                        yes  list
    stage    1. fill every column of the window with "0"
             2. stats count by user.username, uid  no   lacks "uid"
    window   2026-04-12T12:50:00Z to 2026-04-12T13:50:00Z, the run is at 2026-04-12T14:00:00Z
    result   streaming: finding at once: risk 30 for user ada
             scheduled: no finding: nothing is left behind stage 2, which lacks "uid"
    "
  `);
});

test('shows the columns of a condition that does not hold, and ends there', () => {
  const search = 'verb=list | stats count by user.username | where count > 5 | rename user.username as user';
  expect(explained(search, event)).toMatchInlineSnapshot(`
    "where    verb is "list"                yes  list
    stage    1. stats count by user.username
               = user.username = ada, count = 1
             2. keep rows where count > 5  no   count = 1
    window   2026-04-12T12:50:00Z to 2026-04-12T13:50:00Z, the run is at 2026-04-12T14:00:00Z
    result   streaming: no finding: nothing is left behind stage 2
             scheduled: no finding: nothing is left behind stage 2
    "
  `);
});

test('behind a stage that made several rows it says how many of them pass', () => {
  const search = 'verb=list | stats count by groups{} | search groups{}=a | rename groups{} as user';
  const text = explained(search, { verb: 'list', groups: ['a', 'b', 'c'] });
  expect(text).toContain('= groups{} = b, count = 1');
  expect(text).toMatch(/2\. keep rows where groups\{\} is "a" +yes {2}1 of 3 rows/);
});

describe('the windows of an event', () => {
  const scheduling = (earliest_time: string, latest_time: string) => ({
    deployment: { scheduling: { cron_schedule: '0 * * * *', earliest_time, latest_time } },
  });
  const search = 'verb=list | stats count by verb | eval user=verb';

  test.each([
    [
      'one',
      '-70m@m',
      '-10m@m',
      ['window   2026-04-12T12:50:00Z to 2026-04-12T13:50:00Z, the run is at 2026-04-12T14:00:00Z'],
    ],
    [
      'several, of which the first are shown',
      '-5h@h',
      'now',
      ['the run is at 2026-04-12T16:00:00Z', 'and 2 more'],
    ],
    [
      'none',
      '-30m@m',
      '-10m@m',
      [
        'none: no run of "0 * * * *" looks at it, from -30m@m to -10m@m',
        'scheduled: no finding: it is in no window of the schedule',
      ],
    ],
  ])('%s', (_, earliest, latest, texts) => {
    const text = explained(
      search,
      { verb: 'list', stageTimestamp: at('13:00') },
      scheduling(earliest, latest),
    );
    for (const part of texts) expect(text).toContain(part);
  });

  test('of an event that says no time', () => {
    expect(explained(search, '{"verb":"list"}')).toContain('window   those of the time when it came');
  });
});

test('says why a search runs scheduled in either mode', () => {
  const text = explained('verb=list | head 1 | stats count by verb | eval user=verb', event);
  expect(text).toContain('result   streaming: runs scheduled; "head" takes the first of all rows');
  expect(text).toContain('scheduled: finding when its window closes: risk 30 for user list');
});

test('an event that "where" does not hold for goes through no stage', () => {
  const text = explained('verb=list | stats count by verb | eval user=verb', { verb: 'get' });
  expect(text).not.toContain('stage');
  expect(text).toContain('streaming: no finding: "where" does not hold');
});

test('a line of plain text is an event, of the source that is given', () => {
  const file = {
    path: 's.yml',
    text: detectionText('sourcetype=falco user=* | table user', { type: 'Anomaly', rba }),
  };
  const plan = compile(file, 'streaming', {});
  const line = 'a shell was spawned (user=root)';
  const text = formatExplanation(explainEvent(plan, line, { origin: { sourcetype: 'falco' } }) ?? []);
  expect(text).toContain('streaming: finding at once: risk 30 for user root');
  expect(formatExplanation(explainEvent(plan, line) ?? [])).toContain('"where" does not hold');
});

test('secrets are not shown behind "where"', () => {
  const search =
    'verb=list | rename requestObject.data.key as user | search user=* NOT user=x | stats count by user';
  const text = explained(search, {
    verb: 'list',
    objectRef: { resource: 'secrets' },
    requestObject: { data: { key: 'aHVudGVyMg==' } },
  });
  expect(text).toContain('+ user = [redacted]');
  expect(text).toMatch(/user exists +yes {2}\[redacted\]$/m);
  expect(text).not.toContain('aHVudGVyMg');
});

test('values that an event brings are bounded and printable', () => {
  const text = explained('verb=list | table user.username | rename user.username as user', {
    ...event,
    user: { username: `\u001b[2J${'x'.repeat(10_000)}` },
  });
  expect(text).toContain('+ user = \\u{1b}[2Jxxx');
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(250);
});
