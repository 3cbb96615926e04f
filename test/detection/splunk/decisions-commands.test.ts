import { bothFind } from './both-find.ts';
import { at } from './search-case.ts';

/** What spec/spl.md §9 decides about commands. */

const timed = (clock: string, id: string) => ({ id, stageTimestamp: at(clock) });

bothFind('the order of rows', {
  'is newest first, of equal times the later line first': {
    search: 'source=* | stats first(id) as first, last(id) as last, list(id) as all',
    events: [timed('13:00', 'a'), timed('13:02', 'b'), timed('13:02', 'c'), timed('13:01', 'd')],
    rows: [{ first: 'c', last: 'a', all: ['c', 'b', 'd', 'a'] }],
  },
  'is not that of time: earliest and latest go by _time': {
    search: 'source=* | sort n | stats first(id) as first, earliest(id) as earliest, latest(id) as latest',
    events: [
      { ...timed('13:00', 'a'), n: 2 },
      { ...timed('13:02', 'b'), n: 3 },
      { ...timed('13:01', 'c'), n: 1 },
    ],
    rows: [{ first: 'c', earliest: 'a', latest: 'b' }],
  },
  'of rows that one event expands to is that of its values': {
    search: 'source=* | mvexpand n{} | stats list(n{}) as all, first(n{}) as first',
    events: [{ n: [1, 2, 3] }],
    rows: [{ all: ['1', '2', '3'], first: '1' }],
  },
  'decides what head and dedup keep': {
    search: 'source=* | dedup kind | head 1 | table id',
    events: [
      { ...timed('13:00', 'old'), kind: 'k' },
      { ...timed('13:02', 'new'), kind: 'k' },
      { ...timed('13:01', 'other'), kind: 'l' },
    ],
    rows: [{ id: 'new' }],
  },
});

bothFind('fillnull', {
  'knows the fields of the rows that reach it, an empty one included': {
    search: 'source=* | iplocation ip | fillnull | stats count by id City Region',
    places: { '1.1.1.1': { City: '', Country: 'Australia', Region: '', lat: '', lon: '' } },
    events: [
      { id: 'E1', ip: '1.1.1.1' },
      { id: 'E2', ip: '10.0.0.1' },
    ],
    rows: [
      { id: 'E1', City: '', Region: '', count: '1' },
      { id: 'E2', City: '0', Region: '0', count: '1' },
    ],
  },
  'of named fields makes them': {
    search: 'source=* | fillnull value=none a b | table a b',
    events: [{ a: '' }, { id: 'E2' }],
    rows: [
      { a: '', b: 'none' },
      { a: 'none', b: 'none' },
    ],
  },
});

bothFind('statistics', {
  'of a field that is also in BY see all its values': {
    search: 'source=* | stats values(g{}) as all, count(g{}) as n by g{}',
    events: [{ g: ['a', 'b'] }],
    rows: [
      { 'g{}': 'a', all: ['a', 'b'], n: '2' },
      { 'g{}': 'b', all: ['a', 'b'], n: '2' },
    ],
  },
  'min and max compare numbers only if all are numbers, and give the text back': {
    search: 'source=* | stats min(n) as least, max(n) as most, min(t) as first, max(t) as last',
    events: ['{"n":9.50,"t":"9"}', '{"n":10,"t":"10"}', '{"n":1e2,"t":"x"}'].map(
      (line) => `{"stageTimestamp":"${at('13:00')}",${line.slice(1)}`,
    ),
    rows: [{ least: '9.50', most: '1e2', first: '10', last: 'x' }],
  },
  'sum and avg pass over what is no number': {
    search: 'source=* | stats sum(n) as sum, avg(n) as mean, avg(x) as none, count(n) as values',
    events: [{ n: 1 }, { n: 'two' }, { n: 4 }],
    rows: [{ sum: '5', mean: '2.5', values: '3' }],
  },
  'an empty text is a value and a group of its own, null is none': {
    search: 'source=* | stats count by a',
    events: [{ a: '' }, { a: 'x' }, { id: 'E3' }],
    rows: [
      { a: '', count: '1' },
      { a: 'x', count: '1' },
    ],
  },
  'groups are exact, letter case included': {
    search: 'source=* | stats count by a',
    events: [{ a: 'x' }, { a: 'X' }],
    rows: [
      { a: 'x', count: '1' },
      { a: 'X', count: '1' },
    ],
  },
});

bothFind('rename', {
  'takes pairs from left to right': {
    search: 'source=* | rename a as b, b as c | table a b c',
    events: [{ a: '1', b: '2' }],
    rows: [{ c: '1' }],
  },
});

bothFind('where', {
  'AND, OR and NOT are three-valued': {
    search: 'source=* | where (a="1" OR b="1") AND NOT (c="1" AND b="1") | table id',
    events: [
      { id: 'E1', a: '1' },
      { id: 'E2', a: '1', c: '2' },
      { id: 'E3', a: '1', c: '1' },
      { id: 'E4', b: '2', c: '2' },
    ],
    // E1: NOT (null AND null) is null. E3: NOT (true AND null) is null. E4: (null OR false) is null.
    rows: [{ id: 'E2' }],
  },
  'NOT of a missing field is not true': {
    search: 'source=* | where NOT (a="1") | table id',
    events: [{ id: 'E1' }, { id: 'E2', a: '2' }],
    rows: [{ id: 'E2' }],
  },
  'a comparison with several values holds if any of them passes': {
    search: `source=* | where 'g{}'="a" AND 'g{}'!="a" | table id`,
    events: [
      { id: 'E1', g: ['a', 'b'] },
      { id: 'E2', g: ['a'] },
    ],
    rows: [{ id: 'E1' }],
  },
  'two sides like numbers compare as numbers, quoted or not': {
    search: 'source=* | where n="10.0" AND n>"9" | table n',
    events: [{ n: '10' }, { n: '9' }],
    rows: [{ n: '10' }],
  },
});

bothFind('rex', {
  'a group that matched nothing is an empty text, one that took no part no field': {
    search: String.raw`source=* | rex field=t "^(?<empty>x*)a(?<none>b)?" | table empty none`,
    events: [{ t: 'ac' }],
    rows: [{ empty: '' }],
  },
  'a row without a match stays as it is': {
    search: String.raw`source=* | rex field=t "(?<id>\d+)" | table id`,
    events: [
      { t: 'no', id: 'before' },
      { t: 'n12', id: 'before' },
    ],
    rows: [{ id: 'before' }, { id: '12' }],
  },
});

bothFind('iplocation', {
  'takes the first of several values': {
    search: 'source=* | iplocation ips{} | table id Country',
    places: { '8.8.8.8': { City: '', Country: 'United States', Region: '', lat: '', lon: '' } },
    events: [
      { id: 'E1', ips: ['8.8.8.8', '10.0.0.1'] },
      { id: 'E2', ips: ['10.0.0.1', '8.8.8.8'] },
    ],
    rows: [{ id: 'E1', Country: 'United States' }, { id: 'E2' }],
  },
});

const owners = {
  fields: ['user', 'team'],
  rows: [
    ['a', 'red'],
    ['a', 'blue'],
  ],
  matchTypes: {},
  caseSensitive: true,
  defaultMatch: undefined,
  minMatches: 0,
  maxMatches: 1_000,
} as const;

bothFind('lookup', {
  'OUTPUT without a match removes the field, with several it holds all': {
    search: 'source=* | lookup owners user OUTPUT team | table user team',
    lookups: { owners },
    events: [
      { user: 'a', team: 'none' },
      { user: 'A', team: 'none' },
    ],
    rows: [{ user: 'a', team: ['red', 'blue'] }, { user: 'A' }],
  },
  'OUTPUTNEW leaves a field that is there': {
    search: 'source=* | lookup owners user OUTPUTNEW team | table user team',
    lookups: { owners },
    events: [{ user: 'a', team: 'none' }, { user: 'a' }],
    rows: [
      { user: 'a', team: 'none' },
      { user: 'a', team: ['red', 'blue'] },
    ],
  },
});

bothFind('convert ctime', {
  'rounds down to seconds, in UTC': {
    search: 'source=* | convert timeformat="%Y-%m-%dT%H:%M:%S" ctime(_time) as when | table when',
    events: [{ stageTimestamp: at('13:00:01.999') }],
    rows: [{ when: '2026-04-12T13:00:01' }],
  },
  'has a format of its own': {
    search: 'source=* | convert ctime(_time) as when | table when',
    events: [{ stageTimestamp: at('13:00:01') }],
    rows: [{ when: '04/12/2026 13:00:01' }],
  },
});
