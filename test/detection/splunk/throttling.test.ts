import { expect, test } from 'vitest';
import { detectionText, runSearch } from './run-search.ts';
import { at } from './search-case.ts';

const tags = {
  analytic_story: ['Kubernetes Security'],
  asset_type: 'Kubernetes',
  product: [],
  security_domain: 'network',
};

/** How many findings pass of one event at each of `times`, in a search that runs hourly, ten minutes behind. */
function passing(
  period: string,
  times: readonly string[],
  mode: 'scheduled' | 'streaming' = 'scheduled',
): number {
  const events = times.map((time, index) => ({ stageTimestamp: at(time), verb: 'get', n: String(index) }));
  const search = 'verb=get | stats count by verb n | `a_search_filter`';
  const throttling = { fields: ['verb'], period };
  return runSearch({ search, events }, mode, { tags: { ...tags, throttling } }).rows.length;
}

// A period begins with the run that let a result pass (spec/spl.md §5.5).
test.each([
  ['5m', ['10:49', '10:51'], 2, 'runs at 11:00 and 12:00'],
  ['1h', ['10:49', '10:51'], 2, 'the period is over with the next run'],
  ['61m', ['09:51', '10:51'], 1, 'runs at 11:00 and 12:00'],
  ['61m', ['10:00', '11:00'], 1, 'runs at 11:00 and 12:00'],
  ['90m', ['10:00', '11:00', '12:00'], 2, 'the third run is two hours behind the first'],
  ['24h', ['00:10', '08:00', '22:00'], 1, 'all of one day'],
  ['1h', ['10:10', '10:20'], 1, 'two results of one run'],
])('scheduled, %s: of events at %j %i pass: %s', (period, times, count) => {
  expect(passing(period, times)).toBe(count);
});

test.each([
  ['5m', ['10:00', '10:04', '10:06'], 2],
  ['1h', ['10:49', '10:51'], 1],
])('streaming, %s: of events at %j %i pass, by event time', (period, times, count) => {
  expect(passing(period, times, 'streaming')).toBe(count);
});

test('a threshold over windows that overlap runs scheduled, for an event streams in one of them only', () => {
  const events = ['10:30', '11:30', '12:30'].map((time) => ({ stageTimestamp: at(time), verb: 'get' }));
  const search = 'verb=get | stats count by verb | where count > 2 | `a_search_filter`';
  const deployment = {
    scheduling: {
      cron_schedule: '0 * * * *',
      earliest_time: '-3h@h',
      latest_time: '@h',
      schedule_window: 'auto',
    },
  };
  expect(detectionText(search, { deployment })).toContain('-3h@h');
  const run = runSearch({ search, events }, 'streaming', { deployment });
  expect(run.plan.mode).toBe('scheduled');
  expect(run.rows).toEqual([
    new Map([
      ['verb', ['get']],
      ['count', ['3']],
    ]),
  ]);
});
