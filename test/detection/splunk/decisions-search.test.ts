import { describe, expect, test } from 'vitest';
import { bothFind } from './both-find.ts';
import { runSearch } from './run-search.ts';
import { at, type SearchCase } from './search-case.ts';

/** What spec/spl.md §9 decides about terms, macros and fields. */

const ids = (...texts: readonly string[]): readonly { readonly id: string }[] => texts.map((id) => ({ id }));
const values = (...texts: readonly string[]): SearchCase['events'] => texts.map((u) => ({ u, id: u }));
const json = (members: string): string => `{"stageTimestamp":"${at('13:00')}",${members}}`;

bothFind('operators', {
  'are upper case: others are words of the raw text': {
    search: 'id=E1 or id=E2 | table id',
    events: [{ id: 'E1' }, { id: 'E2' }, { id: 'E3', note: 'this or that' }],
    rows: [],
  },
});

bothFind('an unquoted value', {
  'holds = and other signs': {
    search: 'u=/x?a=b | table id',
    events: values('/x?a=b', '/x'),
    rows: ids('/x?a=b'),
  },
  'ends at a parenthesis, and in IN at a comma': {
    search: '(u=a) OR u IN (b,c*) | table id',
    events: values('a', 'b', 'cc', 'd'),
    rows: ids('a', 'b', 'cc'),
  },
  'keeps a backslash before a star, which stays a wildcard': {
    search: String.raw`u=a\* | table id`,
    events: values(String.raw`a\b`, 'a*', 'ab'),
    rows: ids(String.raw`a\b`),
  },
});

bothFind('letter case', {
  'is that of lower-casing, not of a regular expression': {
    search: 'u=k OR u=s | table id',
    events: values('K', 'S', '\u017f', '\u212a'),
    rows: ids('K', 'S', '\u212a'),
  },
  'matters within CASE': { search: 'u=CASE(Get) | table id', events: values('Get', 'get'), rows: ids('Get') },
});

bothFind('a network', {
  'negates for each value': {
    search: 'ips{}!=10.0.0.0/8 | table id',
    events: [
      { id: 'E1', ips: ['10.0.0.1'] },
      { id: 'E2', ips: ['10.0.0.1', '8.8.8.8'] },
    ],
    rows: ids('E2'),
  },
  'holds addresses of its family': {
    search: 'u=::/0 | table id',
    events: values('10.0.0.1', 'fe80::1', '::ffff:10.0.0.1'),
    rows: ids('fe80::1', '::ffff:10.0.0.1'),
  },
});

bothFind('a star in a bare term', {
  'stops at a major breaker in a word': {
    search: 'fail*end | table id',
    events: [
      { id: 'E1', note: 'fail-at-end' },
      { id: 'E2', note: 'fail at end' },
    ],
    rows: ids('E1'),
  },
  'does not in a phrase': {
    search: '"fail*end" | table id',
    events: [
      { id: 'E1', note: 'fail-at-end' },
      { id: 'E2', note: 'fail at end' },
    ],
    rows: ids('E1', 'E2'),
  },
});

bothFind('a term', {
  'of TERM stands between major breakers': {
    search: 'TERM(10.0.0.1) | table id',
    events: [
      { id: 'E1', ip: '10.0.0.1' },
      { id: 'E2', ip: 'x-10.0.0.1' },
    ],
    rows: ids('E1'),
  },
  'in quotes is a phrase, even if it looks like a comparison': {
    search: '"u=a" | table id',
    events: [
      { id: 'E1', u: 'a' },
      { id: 'E2', note: 'it says u=a' },
    ],
    rows: ids('E2'),
  },
});

bothFind('a macro', {
  'takes an argument without its quotes': {
    search: '`named("a b")` | table id',
    macros: { 'named(x)': 'u="$x$"' },
    events: values('a b', 'a'),
    rows: ids('a b'),
  },
  'that is not defined passes all if it is a filter': {
    search: 'u=a | table id | `a_search_filter`',
    events: values('a', 'b'),
    rows: ids('a'),
  },
});

describe('what is refused', () => {
  for (const [search, said] of [
    ['u=OR a=b', /"OR"/],
    ['`nobody_knows`', /there is no macro "nobody_knows"/],
    ['u=a earliest=-1h', /earliest/],
  ] as const) {
    test(search, () => {
      expect(() => runSearch({ search, events: [] })).toThrow(said);
    });
  }
});

bothFind('repeated keys', {
  'count once, the first, where the apiserver writes': {
    search: 'source=* | table verb',
    events: [json('"verb":"get","verb":"list"')],
    rows: [{ verb: 'get' }],
  },
  'are all values in what a client sent': {
    search: 'requestObject.a=2 | table requestObject.a',
    events: [json('"requestObject":{"a":1,"a":2}')],
    rows: [{ 'requestObject.a': ['1', '2'] }],
  },
});

bothFind('metadata', {
  'replace keys of their names': {
    search: 'source=kubernetes host=node-1 index=main sourcetype=_json | table source host index sourcetype',
    events: [json('"source":"a","host":"b","index":"c","sourcetype":"d"')],
    rows: [{ source: 'kubernetes', host: 'node-1', index: 'main', sourcetype: '_json' }],
  },
});

bothFind('a line', {
  'that starts like JSON and is not is no event': {
    search: 'source=* | table verb',
    events: ['{"verb":"get"', '{verb=get}', `${at('13:00')} verb=get`],
    rows: [{ verb: 'get' }],
  },
  'of text has the pairs that are in it': {
    search: 'source=* | table a b c d e f',
    events: [`${at('13:00')} x (a=1,b=2;c=3 d= e=5|f=6) a=7 "g=8"`],
    rows: [{ a: '1', b: '2', c: '3', e: '5', f: '6' }],
  },
});

const noon = String(Date.UTC(2026, 3, 12, 13) / 1_000);

bothFind('_time', {
  'is stageTimestamp, else when the request came': {
    search: 'source=* | table _time',
    events: [
      { stageTimestamp: at('13:00:00.125'), requestReceivedTimestamp: at('12:55') },
      { stageTimestamp: null, requestReceivedTimestamp: at('13:00') },
      { stageTimestamp: 'soon', requestReceivedTimestamp: at('13:00') },
    ],
    rows: [{ _time: `${noon}.125` }, { _time: noon }, { _time: noon }],
  },
  'of an object is its last, its own or its first time': {
    search: 'source=* | table _time',
    events: [
      `{"object":{"firstTimestamp":"${at('12:51')}","eventTime":"${at('12:52')}","lastTimestamp":"${at('13:00')}"}}`,
      `{"object":{"firstTimestamp":"${at('12:51')}","eventTime":"${at('13:00')}","lastTimestamp":null}}`,
      `{"object":{"firstTimestamp":"${at('13:00')}"}}`,
    ],
    rows: [{ _time: noon }, { _time: noon }, { _time: noon }],
  },
  'of a line of text is the first one in it': {
    search: 'source=* | table _time',
    events: [
      `E0412 ${at('13:00')} until ${at('13:30')}`,
      '1.1.1.1 - - [12/Apr/2026:15:00:00 +0200] "GET / HTTP/1.1"',
    ],
    rows: [{ _time: noon }, { _time: noon }],
  },
});
