import { at } from './search-case.ts';
import { trap } from './trap.ts';

/** What `search` and `where` let pass: traps of spec/spl.md §7 about terms. */

const ids = (...texts: readonly string[]): readonly { readonly id: string }[] => texts.map((id) => ({ id }));

trap(1, 'OR binds tighter than AND', {
  'of pods alone': {
    search: 'objectRef.resource=pods verb=create OR verb=update | table id',
    events: [
      { id: 'E1', objectRef: { resource: 'pods' }, verb: 'update' },
      { id: 'E2', objectRef: { resource: 'secrets' }, verb: 'update' },
      { id: 'E3', objectRef: { resource: 'pods' }, verb: 'create' },
      { id: 'E4', objectRef: { resource: 'pods' }, verb: 'get' },
    ],
    rows: ids('E1', 'E3'),
  },
});

trap(2, 'NOT takes only the next term', {
  'before an OR': {
    search: 'NOT verb=get OR verb=list | table verb',
    events: [{ verb: 'list' }, { verb: 'get' }, { verb: 'create' }],
    rows: [{ verb: 'list' }, { verb: 'create' }],
  },
});

trap(3, '`where` binds AND tighter than OR', {
  where: {
    search: 'source=kubernetes | where a="1" AND b="2" OR c="3" | table c',
    events: [{ c: '3' }],
    rows: [{ c: '3' }],
  },
  'search does not': { search: 'a=1 b=2 OR c=3 | table c', events: [{ c: '3' }], rows: [] },
});

trap(4, 'letter case', {
  'does not matter in values of a search': {
    search: 'requestObject.message="Pulling image*" | table id',
    events: [{ id: 'E1', requestObject: { message: 'pulling IMAGE "nginx"' } }],
    rows: ids('E1'),
  },
  'matters to where': {
    search: 'source=kubernetes | where reason="Forbidden" | table reason',
    events: [{ reason: 'forbidden' }, { reason: 'Forbidden' }],
    rows: [{ reason: 'Forbidden' }],
  },
  'matters in names of fields': { search: 'Verb=get | table verb', events: [{ verb: 'get' }], rows: [] },
});

const kubectl = 'kubectl/v1.27.2 (darwin/arm64) kubernetes/1a2b3c4';

trap(5, 'a value is matched whole', {
  'without a wildcard': {
    search: 'userAgent=kubectl | table id',
    events: [{ id: 'E1', userAgent: kubectl }],
    rows: [],
  },
  'with one': {
    search: 'userAgent=kubectl* | table id',
    events: [{ id: 'E1', userAgent: kubectl }],
    rows: ids('E1'),
  },
});

const coded = (code: string): string =>
  `{"stageTimestamp":"${at('13:00')}","id":"${code}","responseStatus":{"code":${code}}}`;

trap(6, 'equality compares texts, not numbers', {
  'a number as it is written': {
    search: 'responseStatus.code=403 | table id',
    events: [coded('403'), coded('403.0'), coded('4.03e2')],
    rows: ids('403'),
  },
  'quoted or not': {
    search: 'responseStatus.code="403" | table id',
    events: [coded('403'), coded('403.0')],
    rows: ids('403'),
  },
});

const grouped = [{ id: 'E1', user: { groups: ['system:authenticated', 'admin'] } }];

trap(7, 'a comparison with several values holds if any of them passes', {
  equal: { search: 'user.groups{}=admin | table id', events: grouped, rows: ids('E1') },
  'NOT IN': { search: 'NOT user.groups{} IN (admin) | table id', events: grouped, rows: [] },
  'not equal': { search: 'user.groups{}!=admin | table id', events: grouped, rows: ids('E1') },
});

trap(8, 'a missing field passes NOT, but no !=', {
  NOT: { search: 'NOT userAgent=Helm/3.13.2 | table id', events: [{ id: 'E1' }], rows: ids('E1') },
  '!=': { search: 'userAgent!=Helm/3.13.2 | table id', events: [{ id: 'E1' }], rows: [] },
  'NOT of an allowlist': {
    search: '`kube_audit` | search NOT `kube_allowed_user_agents` | table id',
    events: [{ id: 'E1' }, { id: 'E2', userAgent: 'helm/3.13.2' }],
    rows: ids('E1'),
  },
});

trap(19, 'escaped quotes in a pattern', {
  'match the decoded value of the field': {
    search: String.raw`applied=*\"privileged\":true* | table id`,
    events: [
      { id: 'E1', applied: '{"spec":{"securityContext":{"privileged":true}}}\n' },
      { id: 'E2', applied: '{"spec":{"securityContext":{"privileged": true}}}\n' },
    ],
    rows: ids('E1'),
  },
});

const applied = { 'kubectl.kubernetes.io/last-applied-configuration': '{"privileged":true}' };

trap(20, 'an update by kubectl apply is a patch', {
  'so create OR update is silent': {
    search: String.raw`objectRef.resource=pods verb=create OR verb=update requestObject.metadata.annotations.kubectl.kubernetes.io/last-applied-configuration=*\"privileged\":true* | table id`,
    events: [
      {
        id: 'E1',
        verb: 'patch',
        objectRef: { resource: 'pods' },
        requestObject: { metadata: { annotations: applied } },
      },
      { id: 'E2', verb: 'create', objectRef: { resource: 'pods' }, requestObject: { metadata: {} } },
      {
        id: 'E3',
        verb: 'create',
        objectRef: { resource: 'pods' },
        requestObject: { metadata: { annotations: applied } },
      },
    ],
    rows: ids('E3'),
  },
});

trap(30, "the image allowlist looks at the event object's name", {
  'not at the image': {
    search:
      '`kube_audit` requestObject.message="Pulling image*" | search NOT `kube_allowed_images` | table objectRef.name',
    events: [
      { objectRef: { name: 'web-1.17c0' }, requestObject: { message: 'Pulling image "evil/splunk-miner"' } },
      { objectRef: { name: 'splunk-x.17c1' }, requestObject: { message: 'Pulling image "evil/miner"' } },
    ],
    rows: [{ 'objectRef.name': 'web-1.17c0' }],
  },
});

trap(31, 'a bare term is looked for in the raw text', {
  'as a whole token': {
    search: 'objectRef.resource=secrets OR configmaps | table id',
    events: [
      { id: 'E1', objectRef: { resource: 'roles' }, rules: [{ resources: ['configmaps'] }] },
      { id: 'E2', objectRef: { resource: 'roles' }, rules: [{ resources: ['configmapsync'] }] },
      { id: 'E3', objectRef: { resource: 'roles' }, note: 'CONFIGMAPS' },
      { id: 'E4', objectRef: { resource: 'secrets' } },
      { id: 'E5', requestURI: '/api/v1/configmaps?limit=5' },
      { id: 'E6', objectRef: { name: 'my-configmaps-1' } },
    ],
    rows: ids('E1', 'E3', 'E4', 'E5', 'E6'),
  },
});

const names = (...users: readonly string[]) => users.map((username) => ({ user: { username } }));

trap(32, 'a macro is its text, without parentheses', {
  'so NOT takes only its first term': {
    search: '`kube_audit` | search NOT `kube_allowed_user_names` | table user.username',
    macros: { kube_allowed_user_names: 'user.username=a OR user.username=b' },
    events: names('a', 'b', 'c'),
    rows: [{ 'user.username': 'b' }, { 'user.username': 'c' }],
  },
  'unless it brings them': {
    search: '`kube_audit` | search NOT `kube_allowed_user_names` | table user.username',
    macros: { kube_allowed_user_names: '(user.username=a OR user.username=b)' },
    events: names('a', 'b', 'c'),
    rows: [{ 'user.username': 'c' }],
  },
});

trap(33, '!= twice on addresses', {
  'passes if each finds another value': {
    search: 'sourceIPs{}!=::1 sourceIPs{}!=127.0.0.1 | table id',
    events: [
      { id: 'E1', sourceIPs: ['127.0.0.1', '10.0.0.5'] },
      { id: 'E2', sourceIPs: ['127.0.0.1'] },
      { id: 'E3' },
    ],
    rows: ids('E1'),
  },
});

const addresses = [
  { id: 'E1', sourceIPs: ['192.168.1.1', '10.2.3.4'] },
  { id: 'E2', sourceIPs: ['192.168.1.1'] },
  { id: 'E3', sourceIPs: ['10.0.0.0/8'] },
  { id: 'E4', sourceIPs: ['::ffff:10.0.0.1'] },
];

trap(34, 'a network as a value', {
  'holds its addresses and its own text': {
    search: 'sourceIPs{}=10.0.0.0/8 | table id',
    events: addresses,
    rows: ids('E1', 'E3'),
  },
  'quoted as well': {
    search: 'sourceIPs{}="10.0.0.0/8" | table id',
    events: addresses,
    rows: ids('E1', 'E3'),
  },
});

trap(44, 'kube_audit selects the source, not the kind of event', {
  'so only later terms exclude others': {
    search: '`kube_audit` | table verb, rule',
    events: [{ verb: 'get' }, { sourcetype: 'kube:container:falco', line: '13:00 Warning rule=shell' }],
    rows: [{ verb: 'get' }, { rule: 'shell' }],
  },
  'and do': {
    search: '`kube_audit` verb=get | table verb, rule',
    events: [{ verb: 'get' }, { sourcetype: 'kube:container:falco', line: '13:00 Warning rule=shell' }],
    rows: [{ verb: 'get' }],
  },
  'another source does not pass': {
    search: '`kube_audit` | table verb',
    events: [{ source: '/var/log/audit.log', line: `{"verb":"get","stageTimestamp":"${at('13:00')}"}` }],
    rows: [],
  },
});
