import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Unpacked } from '../../src/envelope/unpacked.ts';
import { parseTime } from '../../src/record/time.ts';

const limits = { piece: 1_000_000, all: 1_000_000 };

function eventOf(entry: object): unknown {
  const unpacked = new Unpacked(Buffer.from(JSON.stringify(entry)), 'google_cloud_logentry_encoding', limits);
  const [event] = [...unpacked.events()];
  return event === undefined ? unpacked.problem : JSON.parse(String(event));
}

/** An entry of the audit log of GKE. */
const entry = (payload: object, more: object = {}): object => ({
  logName: 'projects/p/logs/cloudaudit.googleapis.com%2Factivity',
  insertId: 'inserted',
  timestamp: '2026-04-12T12:30:19.770193Z',
  resource: { type: 'k8s_cluster', labels: { cluster_name: 'c', location: 'l', project_id: 'p' } },
  protoPayload: {
    '@type': 'type.googleapis.com/google.cloud.audit.AuditLog',
    serviceName: 'k8s.io',
    methodName: 'io.k8s.core.v1.pods.create',
    ...payload,
  },
  ...more,
});

test('an entry becomes the audit event that it stands for', () => {
  const given = entry(
    {
      resourceName: 'core/v1/namespaces/shop/pods/web-1',
      authenticationInfo: { principalEmail: 'jane@example.com' },
      requestMetadata: { callerIp: '192.0.2.1', callerSuppliedUserAgent: 'kubectl/v1.34' },
      request: { '@type': 'core.k8s.io/v1.Pod', spec: { containers: [{ image: 'nginx' }] } },
      response: { '@type': 'core.k8s.io/v1.Pod', metadata: { name: 'web-1' } },
    },
    {
      operation: { id: 'op', first: true, last: true },
      labels: { 'authorization.k8s.io/decision': 'allow' },
    },
  );
  expect(eventOf(given)).toEqual({
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: 'RequestResponse',
    auditID: 'op',
    stage: 'ResponseComplete',
    requestURI: '/api/v1/namespaces/shop/pods',
    verb: 'create',
    user: { username: 'jane@example.com' },
    sourceIPs: ['192.0.2.1'],
    userAgent: 'kubectl/v1.34',
    objectRef: { resource: 'pods', namespace: 'shop', name: 'web-1', apiVersion: 'v1' },
    responseStatus: { metadata: {}, code: 201 },
    requestObject: { '@type': 'core.k8s.io/v1.Pod', spec: { containers: [{ image: 'nginx' }] } },
    responseObject: { '@type': 'core.k8s.io/v1.Pod', metadata: { name: 'web-1' } },
    requestReceivedTimestamp: '2026-04-12T12:30:19.770193Z',
    annotations: { 'authorization.k8s.io/decision': 'allow' },
  });
});

test('what an entry does not say is not made up', () => {
  expect(eventOf(entry({}))).toEqual({
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: 'Metadata',
    auditID: 'inserted',
    stage: 'ResponseComplete',
    verb: 'create',
    user: {},
    responseStatus: { metadata: {}, code: 201 },
    requestReceivedTimestamp: '2026-04-12T12:30:19.770193Z',
  });
});

test.each([
  ['core/v1/nodes', 'list', '/api/v1/nodes', { resource: 'nodes', apiVersion: 'v1' }],
  [
    'core/v1/namespaces/a',
    'delete',
    '/api/v1/namespaces/a',
    { resource: 'namespaces', namespace: 'a', name: 'a', apiVersion: 'v1' },
  ],
  [
    'core/v1/namespaces/a',
    'create',
    '/api/v1/namespaces',
    { resource: 'namespaces', namespace: 'a', name: 'a', apiVersion: 'v1' },
  ],
  [
    'core/v1/namespaces/a/pods/p/exec/p',
    'create',
    '/api/v1/namespaces/a/pods/p/exec',
    { resource: 'pods', namespace: 'a', name: 'p', apiVersion: 'v1', subresource: 'exec' },
  ],
  [
    'apps/v1/namespaces/a/deployments/d',
    'patch',
    '/apis/apps/v1/namespaces/a/deployments/d',
    { resource: 'deployments', namespace: 'a', name: 'd', apiGroup: 'apps', apiVersion: 'v1' },
  ],
  [
    'rbac.authorization.k8s.io/v1/clusterroles/system:x',
    'update',
    '/apis/rbac.authorization.k8s.io/v1/clusterroles/system:x',
    { resource: 'clusterroles', name: 'system:x', apiGroup: 'rbac.authorization.k8s.io', apiVersion: 'v1' },
  ],
  ['healthz', 'get', undefined, undefined],
])('the object %s, %s', (resourceName, verb, requestURI, objectRef) => {
  const event = eventOf(entry({ resourceName, methodName: `io.k8s.x.${verb}` }));
  expect(event).toMatchObject({ verb });
  expect([Reflect.get(Object(event), 'requestURI'), Reflect.get(Object(event), 'objectRef')]).toEqual([
    requestURI,
    objectRef,
  ]);
});

test.each([
  [{}, { metadata: {}, code: 201 }],
  [{ code: 0 }, { metadata: {}, code: 201 }],
  [
    { code: 7, message: 'PERMISSION_DENIED' },
    { metadata: {}, status: 'Failure', message: 'PERMISSION_DENIED', reason: 'Forbidden', code: 403 },
  ],
  [{ code: 16 }, { metadata: {}, status: 'Failure', reason: 'Unauthorized', code: 401 }],
  [
    { code: 2, message: 'UNKNOWN' },
    { metadata: {}, message: 'UNKNOWN' },
  ],
])('the status %j', (status, responseStatus) => {
  expect(eventOf(entry({ status }))).toMatchObject({ responseStatus });
});

test('a response that is a Status says it better than the code', () => {
  const response = { kind: 'Status', code: 422, reason: 'Invalid' };
  expect(eventOf(entry({ status: { code: 3 }, response }))).toMatchObject({ responseStatus: response });
  const bare = { kind: 'Status', status: 'Success' };
  expect(eventOf(entry({ response: bare }))).toMatchObject({ responseStatus: { metadata: {}, code: 201 } });
});

test('the first entry of a long request is its beginning', () => {
  expect(eventOf(entry({}, { operation: { id: 'op', first: true } }))).toMatchObject({
    stage: 'ResponseStarted',
  });
  expect(eventOf(entry({}, { operation: { id: 'op', last: true } }))).toMatchObject({
    stage: 'ResponseComplete',
  });
});

test.each([
  [{ methodName: 1 }, {}],
  [{}, { timestamp: 1 }],
])('without %j %j it is broken', (payload, more) => {
  expect(eventOf(entry(payload, more))).toBe('an entry has no "methodName" and "timestamp"');
});

const recorded = fileURLToPath(
  new URL('../../../shared/data/audit/gke-sysdig/converter/test_files/', import.meta.url),
);
const names = existsSync(recorded) ? readdirSync(`${recorded}log_entries`) : [];

/** What both converters take over as it is; where they differ, ours goes by spec/k8s-audit.md §9 and §12. */
const taken = [
  'auditID',
  'verb',
  'user',
  'sourceIPs',
  'userAgent',
  'requestObject',
  'responseObject',
  'annotations',
] as const;

interface Event extends Readonly<Record<(typeof taken)[number], unknown>> {
  readonly objectRef: { readonly resource: string; readonly namespace?: string; readonly apiGroup?: string };
  readonly responseStatus: { readonly code?: number };
  readonly requestReceivedTimestamp: string;
}

describe.skipIf(names.length === 0)(
  'recorded entries are what another converter makes of them (../shared/data)',
  () => {
    test.each(names)('%s', (name) => {
      const read = (folder: string): string => readFileSync(`${recorded}${folder}/${name}`, 'utf8');
      const { Entry, AuditPayload } = JSON.parse(read('log_entries')) as {
        readonly Entry: Readonly<Record<string, unknown>>;
        readonly AuditPayload: string;
      };
      const ours = eventOf({
        timestamp: Entry['Timestamp'],
        labels: Entry['Labels'],
        insertId: Entry['InsertID'],
        operation: Entry['Operation'],
        logName: Entry['LogName'],
        protoPayload: JSON.parse(AuditPayload) as object,
      }) as Event;
      const theirs = JSON.parse(read('k8s_audit_events')) as Event;
      for (const field of taken) expect(ours[field], field).toEqual(theirs[field]);
      expect(parseTime(ours.requestReceivedTimestamp)).toBe(parseTime(theirs.requestReceivedTimestamp));
      const { apiGroup = 'core', namespace, ...object } = ours.objectRef;
      const place = object.resource === 'namespaces' ? {} : { namespace };
      expect({ apiGroup, ...place, ...object }).toEqual(theirs.objectRef);
      // An exec or attach has a code that says nothing; the other converter guesses 101.
      expect(ours.responseStatus.code ?? 101).toBe(theirs.responseStatus.code);
    });
  },
);
