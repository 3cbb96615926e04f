import { expect, test } from 'vitest';
import { runNaive } from './run-naive.ts';
import { runSearch } from './run-search.ts';
import { at } from './search-case.ts';
import { trap } from './trap.ts';

/** Which run of the hourly search an event belongs to: traps of spec/spl.md §7. */

const times = (...clocks: readonly string[]): readonly { readonly stageTimestamp: string }[] =>
  clocks.map((clock) => ({ stageTimestamp: at(clock) }));

trap(26, 'the edges of a window', {
  'its beginning is in, its end is not': {
    search: 'source=kubernetes | stats count',
    events: times('12:50:00.000', '13:49:59.999', '13:50:00.000'),
    rows: [{ count: '2' }, { count: '1' }],
  },
  'in nanoseconds': {
    search: 'source=kubernetes | stats count values(_time) as times',
    events: times('12:49:59.999999999', '12:50:00', '13:49:59.999999999'),
    rows: [
      { count: '1', times: '1775998199.999999999' },
      { count: '2', times: ['1775998200', '1776001799.999999999'] },
    ],
  },
  'three hits on either side are no six': {
    search: 'source=kubernetes | stats count | where count > 5',
    events: times('13:49', '13:49:10', '13:49:20', '13:50', '13:50:10', '13:50:20'),
    rows: [],
  },
  'but three and three': {
    search: 'source=kubernetes | stats count',
    events: times('13:49', '13:49:10', '13:49:20', '13:50', '13:50:10', '13:50:20'),
    rows: [{ count: '3' }, { count: '3' }],
  },
});

const late = {
  search: 'source=kubernetes | stats count, min(_time) as first',
  // The clock of the run is what has come so far: 13:58, then 14:02.
  events: times('13:40', '13:58', '13:40', '14:02', '13:40'),
  rows: [
    { count: '2', first: '1776001200' },
    { count: '2', first: '1776002280' },
  ],
};

trap(27, 'late data', { 'counts until the search has run, and then never': late });

test('trap 27: what came too late is counted as late', () => {
  expect(runSearch(late).late).toBe(1);
  expect(runNaive(late).late).toBe(1);
});

trap(27, 'late data, to the moment', {
  'what comes at the very time of the run is too late': {
    search: 'source=kubernetes | stats count',
    events: times('13:40', '14:00', '13:40'),
    rows: [{ count: '1' }, { count: '1' }],
  },
});
