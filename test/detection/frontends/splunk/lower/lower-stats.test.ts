import { describe, expect, test } from 'vitest';
import { statisticNames } from '../../../../../src/detection/frontends/splunk/lower/statistic-names.ts';
import { statistics } from '../../../../../src/detection/plan/statistics.ts';
import { call, column, errorsOf, number, stagesOf } from './lower-fixture.ts';

const measure = (as: string, of: string, value?: unknown, percent?: number): object => ({
  as,
  of,
  value,
  percent,
});
const stats = (measures: object[], by: string[] = [], more: object = {}): object => ({
  kind: 'stats',
  by,
  measures,
  join: false,
  distinct: false,
  ...more,
});
const a = column('a');

test.each<[string, object]>([
  ['stats count', stats([measure('count', 'count')])],
  ['stats c as n', stats([measure('n', 'count')])],
  ['stats count(a)', stats([measure('count(a)', 'count', a)])],
  [
    'stats count values(user.groups{}) as user_groups by a, b c',
    stats(
      [measure('count', 'count'), measure('user_groups', 'values', column('user.groups{}'))],
      ['a', 'b', 'c'],
    ),
  ],
  ['stats values(a) as a', stats([measure('a', 'values', a)])],
  ['stats distinct_count(a)', stats([measure('distinct_count(a)', 'dc', a)])],
  ['stats mean(a) as m', stats([measure('m', 'avg', a)])],
  ['stats perc95(a)', stats([measure('perc95(a)', 'perc', a, 95)])],
  ['stats p99(a) as p', stats([measure('p', 'perc', a, 99)])],
  ['stats count(eval(a > 5)) as many', stats([measure('many', 'count', call('>', a, number(5)))])],
  ['stats count by a dedup_splitvals=true', stats([measure('count', 'count')], ['a'], { distinct: true })],
  ['eventstats max(a) as top by b', stats([measure('top', 'max', a)], ['b'], { join: true })],
])('%s', (written, expected) => {
  expect(stagesOf(written)).toEqual([expected]);
});

test('a span bins the field before it groups by it', () => {
  const [bins, grouped] = stagesOf('stats count by _time span=1h a');
  expect(bins).toEqual(stagesOf('bin _time span=1h')[0]);
  expect(grouped).toEqual(stats([measure('count', 'count')], ['_time', 'a']));
});

test.each(Object.keys(statistics).filter((name) => name !== 'perc'))('%s is a statistic', (name) => {
  expect(stagesOf(`stats ${name}(a) as x`)).toEqual([stats([measure('x', name, a)])]);
  expect(statisticNames).toContain(name);
});

describe('refuses', () => {
  test.each([
    ['stats avrage(a)', 'unknown-function at "avrage": there is no statistic "avrage"'],
    ['stats valus(a)', 'unknown-function at "valus": there is no statistic "valus". Did you mean "values"?'],
    [
      'stats exactperc95(a)',
      'unknown-function at "exactperc95": the statistic "exactperc95" is not supported',
    ],
    ['stats stdevp(a)', 'unknown-function at "stdevp": the statistic "stdevp" is not supported'],
    ['stats perc101(a)', expect.stringContaining('there is no statistic "perc101"')],
    ['stats perc(a)', expect.stringContaining('there is no statistic "perc"')],
    ['stats values(*) as *', expect.stringContaining('write "values" once for each field')],
    ['stats count by a*', expect.stringContaining('"a*" has a wildcard')],
    ['stats count by a a', 'bad-value at "a": "a" is named twice behind "by"; once is enough'],
    ['stats count(eval(a=1))', expect.stringContaining('needs a name; write "as" and one behind it')],
    [
      'stats count as x dc(a) as x',
      'bad-value at "dc(a) as x": two statistics are called "x"; name one of them with "as"',
    ],
    ['stats values(b) as a by a', expect.stringContaining('"a" is a field behind "by" already')],
    ['stats dc(a) as x dc(a) as y', expect.stringContaining('this statistic is called "x" already')],
    ['stats count by _time span=1q', expect.stringContaining('"1q" is no span for "_time"')],
  ])('%s', (written, error) => {
    expect(errorsOf(`* | ${written}`)).toEqual([error]);
  });
});
