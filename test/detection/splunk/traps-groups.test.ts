import { at } from './search-case.ts';
import { trap } from './trap.ts';

/** What `fillnull` and `stats` make of the events of a window: traps of spec/spl.md §7. */

const perEvent = 'objectRef.name user.username';

trap(9, 'BY fans out over the values of each field', {
  'three groups and two addresses are six rows': {
    search: 'objectRef.resource=pods | fillnull | stats count by sourceIPs{} user.groups{} user.username',
    events: [
      {
        objectRef: { resource: 'pods' },
        sourceIPs: ['10.0.0.1', '34.1.1.1'],
        user: { username: 'u', groups: ['g1', 'g2', 'g3'] },
      },
    ],
    rows: ['10.0.0.1', '34.1.1.1'].flatMap((address) =>
      ['g1', 'g2', 'g3'].map((group) => ({
        'sourceIPs{}': address,
        'user.groups{}': group,
        'user.username': 'u',
        count: '1',
      })),
    ),
  },
});

trap(10, 'a value twice in one event counts twice', {
  'in one row': {
    search: 'source=kubernetes | stats count by sourceIPs{}',
    events: [{ sourceIPs: ['1.1.1.1', '1.1.1.1'] }],
    rows: [{ 'sourceIPs{}': '1.1.1.1', count: '2' }],
  },
  'unless the search says otherwise': {
    search: 'source=kubernetes | stats dedup_splitvals=true count by sourceIPs{}',
    events: [{ sourceIPs: ['1.1.1.1', '1.1.1.1'] }],
    rows: [{ 'sourceIPs{}': '1.1.1.1', count: '1' }],
  },
});

const named = { objectRef: { name: 'web' }, user: { username: 'a' } };
const nameless = { user: { username: 'b' } };

trap(11, 'fillnull learns a field from a sibling', {
  'in the same window': {
    search: `source=kubernetes | fillnull | stats count by ${perEvent}`,
    events: [named, nameless],
    rows: [
      { 'objectRef.name': 'web', 'user.username': 'a', count: '1' },
      { 'objectRef.name': '0', 'user.username': 'b', count: '1' },
    ],
  },
  'not from another window': {
    search: `source=kubernetes | fillnull | stats count by ${perEvent}`,
    events: [named, { ...nameless, stageTimestamp: at('13:50') }],
    rows: [{ 'objectRef.name': 'web', 'user.username': 'a', count: '1' }],
  },
});

trap(12, 'fillnull with nobody to learn from', {
  'leaves no rows at all': {
    search: `source=kubernetes | fillnull | stats count by ${perEvent}`,
    events: [nameless],
    rows: [],
  },
});

trap(13, 'fillnull learns only from what the filters left', {
  'an allowed event teaches nothing': {
    search: `source=kubernetes | search NOT userAgent=Helm/3.13.2 | fillnull | stats count by ${perEvent}`,
    events: [{ ...named, userAgent: 'Helm/3.13.2' }, nameless],
    rows: [],
  },
});

trap(14, 'filled values are values', {
  'values() lists them': {
    search: 'source=kubernetes | fillnull | stats count values(user.groups{}) as user_groups by verb',
    events: [{ verb: 'get', user: { groups: ['g2', 'g1'] } }, { verb: 'get' }],
    rows: [{ verb: 'get', user_groups: ['0', 'g1', 'g2'], count: '2' }],
  },
});

const anonymous = (address: string, times: number): readonly Readonly<Record<string, unknown>>[] =>
  Array.from({ length: times }, () => ({
    user: { groups: ['system:unauthenticated'] },
    responseStatus: { code: 403 },
    sourceIPs: [address],
  }));

const unknown = { City: '', Region: '', lat: '', lon: '' };
const scan =
  '"user.groups{}"="system:unauthenticated" "responseStatus.code"=403 | iplocation sourceIPs{} | stats count by sourceIPs{} Country City | where count > 5 | rename sourceIPs{} as src_ip';
const places = { '34.1.1.1': { ...unknown, Country: 'Netherlands' } };

trap(15, 'no fillnull: what has no place is in no row', {
  'ten from a private address': { search: scan, places, events: anonymous('10.1.2.3', 10), rows: [] },
  'six from a public one whose city is not known': {
    search: scan,
    places,
    events: anonymous('34.1.1.1', 6),
    rows: [{ src_ip: '34.1.1.1', Country: 'Netherlands', City: '', count: '6' }],
  },
  'five are not more than five': { search: scan, places, events: anonymous('34.1.1.1', 5), rows: [] },
});

const located =
  'source=kubernetes | iplocation sourceIPs{} | fillnull | search NOT Country="United States" | stats count by sourceIPs{} Country City';
const city = { ...unknown, Country: 'Netherlands', City: 'Amsterdam' };

trap(16, 'a private address is at place 0', {
  'if any other event has a place': {
    search: located,
    places: { '34.1.1.1': city },
    events: [{ sourceIPs: ['10.1.2.3'] }, { sourceIPs: ['34.1.1.1'] }],
    rows: [
      { 'sourceIPs{}': '10.1.2.3', Country: '0', City: '0', count: '1' },
      { 'sourceIPs{}': '34.1.1.1', Country: 'Netherlands', City: 'Amsterdam', count: '1' },
    ],
  },
  'even one that is allowed': {
    search: located,
    places: { '52.1.1.1': { ...city, Country: 'United States' } },
    events: [{ sourceIPs: ['10.1.2.3'] }, { sourceIPs: ['52.1.1.1'] }],
    rows: [{ 'sourceIPs{}': '10.1.2.3', Country: '0', City: '0', count: '1' }],
  },
  'if no event has one there are no rows': {
    search: located,
    places: {},
    events: [{ sourceIPs: ['10.1.2.3'] }],
    rows: [],
  },
});

trap(28, 'each stage of a request is a row', {
  'and the first has code 0': {
    search: 'source=kubernetes | fillnull | stats count by requestURI responseStatus.code stage',
    events: [
      { requestURI: '/api', stage: 'RequestReceived' },
      { requestURI: '/api', stage: 'ResponseComplete', responseStatus: { code: 200 } },
    ],
    rows: [
      { requestURI: '/api', stage: 'RequestReceived', 'responseStatus.code': '0', count: '1' },
      { requestURI: '/api', stage: 'ResponseComplete', 'responseStatus.code': '200', count: '1' },
    ],
  },
});

trap(29, 'events of level Metadata have no request', {
  'a term on it matches nothing': {
    search: 'verb=create requestObject.spec.type=NodePort | table verb',
    events: [{ verb: 'create' }],
    rows: [],
  },
  'and as a BY field it leaves no rows': {
    search: 'verb=create | fillnull | stats count by verb requestObject.kind',
    events: [{ verb: 'create' }, { verb: 'create' }],
    rows: [],
  },
});

trap(41, 'nothing found', {
  'stats with BY makes no row': {
    search: 'source=kubernetes | search verb=never | stats count by verb',
    events: [{ verb: 'get' }],
    rows: [],
  },
  'stats without BY counts 0': {
    search: 'verb=never | stats count',
    events: [{ verb: 'get' }],
    rows: [{ count: '0' }],
  },
  'no event, no row': { search: 'verb=never | stats count by verb', events: [{ verb: 'get' }], rows: [] },
});

trap(42, 'dedup drops what lacks a field, and keeps the newest', {
  'of each combination': {
    search: 'source=kubernetes | dedup user.username user.groups{} | table id',
    events: [
      { id: 'old', stageTimestamp: at('13:00'), user: { username: 'a', groups: ['g'] } },
      { id: 'new', stageTimestamp: at('13:01'), user: { username: 'a', groups: ['g'] } },
      { id: 'no groups', user: { username: 'a' } },
      { id: 'other groups', user: { username: 'a', groups: ['g', 'h'] } },
    ],
    rows: [{ id: 'new' }, { id: 'other groups' }],
  },
});

trap(43, 'values() of an array that is not in BY', {
  'does not fan out': {
    search: 'source=kubernetes | stats count values(user.groups{}) as user.groups{} by sourceIPs{}',
    events: [{ sourceIPs: ['10.0.0.1', '34.1.1.1'], user: { groups: ['g2', 'g1'] } }],
    rows: [
      { 'sourceIPs{}': '10.0.0.1', 'user.groups{}': ['g1', 'g2'], count: '1' },
      { 'sourceIPs{}': '34.1.1.1', 'user.groups{}': ['g1', 'g2'], count: '1' },
    ],
  },
});
