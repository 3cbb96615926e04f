import { at } from './search-case.ts';
import { trap } from './trap.ts';

/** What fields an event has, and which texts are in them: traps of spec/spl.md §7. */

trap(17, 'values() sorts bytes and knows no cap, list() has one', {
  'texts, not numbers': {
    search: 'source=kubernetes | stats values(code) as codes',
    events: [9, 10, 70, 100, 9].map((code) => ({ code })),
    rows: [{ codes: ['10', '100', '70', '9'] }],
  },
  'upper case first': {
    search: 'source=kubernetes | stats values(verb)',
    events: [{ verb: 'get' }, { verb: 'Get' }],
    rows: [{ 'values(verb)': ['Get', 'get'] }],
  },
  'by bytes of UTF-8, which are not those of UTF-16': {
    search: 'source=kubernetes | stats values(letter) as letters',
    events: [{ letter: '\u{1f600}' }, { letter: '\uff21' }],
    rows: [{ letters: ['\uff21', '\u{1f600}'] }],
  },
  '150 values': {
    search:
      'source=kubernetes | stats values(n{}) as all, list(n{}) as some | eval all=mvcount(all), last=mvindex(some, -1), some=mvcount(some)',
    events: [{ n: Array.from({ length: 150 }, (_, index) => `n${index}`) }],
    rows: [{ all: '150', some: '100', last: 'n99' }],
  },
});

trap(18, 'a key that holds dots', {
  'is one name': {
    search: 'annotations.authorization.k8s.io/decision=forbid | table id',
    events: [{ id: 'E1', annotations: { 'authorization.k8s.io/decision': 'forbid' } }],
    rows: [{ id: 'E1' }],
  },
});

const status = `{"stageTimestamp":"${at('13:00')}","responseStatus":null}`;

trap(21, 'null is the text "null", an empty container no field', {
  'null exists': {
    search: 'responseStatus=* | table responseStatus',
    events: [status],
    rows: [{ responseStatus: 'null' }],
  },
  'null is a group, and not filled': {
    search: 'source=kubernetes | fillnull | stats count by responseStatus',
    events: [status],
    rows: [{ responseStatus: 'null', count: '1' }],
  },
  'empty containers': {
    search: 'NOT a=* NOT b=* NOT a{}=* | table id',
    events: [{ id: 'E1', a: [], b: {} }],
    rows: [{ id: 'E1' }],
  },
});

const typed = `{"stageTimestamp":"${at('13:00')}","x":true,"n":1.50}`;

trap(22, 'booleans and numbers are their text', {
  true: { search: 'x=TRUE | table x', events: [typed], rows: [{ x: 'true' }] },
  'as written': { search: 'n=1.50 | table n', events: [typed], rows: [{ n: '1.50' }] },
  'not as meant': { search: 'n=1.5 | table n', events: [typed], rows: [] },
  'but compared as numbers by size': {
    search: 'n>1.4 n<1.6 n>=1.5 | table n',
    events: [typed],
    rows: [{ n: '1.50' }],
  },
});

const containers = 'requestObject.spec.jobTemplate.spec.template.spec.containers{}.image';
const cronJob = (images: readonly string[] | undefined): Readonly<Record<string, unknown>> => ({
  verb: 'create',
  requestObject: {
    spec: {
      jobTemplate: { spec: { template: { spec: { containers: images?.map((image) => ({ image })) } } } },
    },
  },
});

trap(23, 'a column for each container', {
  'fans out': {
    search: `verb=create | fillnull | stats count by ${containers}`,
    events: [cronJob(['a', 'b'])],
    rows: [
      { [containers]: 'a', count: '1' },
      { [containers]: 'b', count: '1' },
    ],
  },
  'gives no row where no event has one': {
    search: `verb=create | fillnull | stats count by ${containers}`,
    events: [cronJob(undefined)],
    rows: [],
  },
});

trap(24, 'rename overwrites', {
  'a field of that name': {
    search: 'source=kubernetes | rename user.username as user | table user, user.username',
    events: [`{"stageTimestamp":"${at('13:00')}","user":"x","user.username":"y"}`],
    rows: [{ user: 'y' }],
  },
  'even with a dash': {
    search: 'source=kubernetes | rename upstream_status as status | table status',
    events: [{ status: '200', upstream_status: '-' }],
    rows: [{ status: '-' }],
  },
  'even with nothing': {
    search: 'source=kubernetes | rename upstream_status as status | table id, status',
    events: [{ id: 'E1', status: '200' }],
    rows: [{ id: 'E1' }],
  },
});

trap(25, 'wildcard renames in a chain', {
  'the later one overwrites': {
    search: 'source=kubernetes | rename object.* AS * | rename involvedObject.* AS * | table kind, name',
    events: [{ object: { kind: 'Event', involvedObject: { kind: 'Pod', name: 'web-1' } } }],
    rows: [{ kind: 'Pod', name: 'web-1' }],
  },
  'the first alone does not': {
    search: 'source=kubernetes | rename object.* AS * | table kind, involvedObject.kind',
    events: [{ object: { kind: 'Event', involvedObject: { kind: 'Pod' } } }],
    rows: [{ kind: 'Event', 'involvedObject.kind': 'Pod' }],
  },
  'a row without the source loses the target': {
    search: 'source=kubernetes | rename object.* AS * | table id, kind',
    events: [
      { id: 'E1', object: { kind: 'Event' } },
      { id: 'E2', kind: 'Event' },
    ],
    rows: [{ id: 'E1', kind: 'Event' }, { id: 'E2' }],
  },
});

const paths = {
  fields: ['local_file_inclusion_paths', 'lfi_path'],
  rows: [
    ['*/etc/passwd*', 'yes'],
    ['*/proc/self/environ*', 'yes'],
  ],
  matchTypes: { local_file_inclusion_paths: 'wildcard' },
  caseSensitive: false,
  defaultMatch: 'false',
  minMatches: 1,
  maxMatches: 1_000,
} as const;

const lookUp = 'lookup paths local_file_inclusion_paths AS request OUTPUT lfi_path';
const requests = [{ request: 'GET /?f=../../etc/passwd HTTP/1.1' }, { request: 'GET /health HTTP/1.1' }];

trap(40, 'blanks in a lookup file', {
  'are trimmed, and what matches nothing has the default': {
    search: `source=kubernetes | ${lookUp} | table request, lfi_path`,
    lookups: { paths },
    events: requests,
    rows: [
      { request: 'GET /?f=../../etc/passwd HTTP/1.1', lfi_path: 'yes' },
      { request: 'GET /health HTTP/1.1', lfi_path: 'false' },
    ],
  },
  'so that the search behind it can choose': {
    search: `source=kubernetes | ${lookUp} | search lfi_path=yes | table request`,
    lookups: { paths },
    events: requests,
    rows: [{ request: 'GET /?f=../../etc/passwd HTTP/1.1' }],
  },
});
