import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auditAttributes } from '../../../src/detection/kubernetes/attributes.ts';
import { fieldTexts } from '../../../src/record/json-field.ts';
import { parseJson } from '../../../src/record/json.ts';
import { json, pullingEvent } from './audit-event.ts';

const digest = `sha256:${'ab'.repeat(32)}`;

test('says who did what to what from where, by the names of the semantic conventions', () => {
  expect(auditAttributes(pullingEvent())).toEqual({
    'user.name': 'system:node:n1',
    'user.id': 'u-1',
    'user.roles': ['system:nodes', 'system:authenticated'],
    'client.address': '10.40.1.11',
    'user_agent.original': 'kubelet/v1.34.4',
    'url.path': '/api/v1/namespaces/prod/events',
    'http.request.method': 'POST',
    'http.response.status_code': 201,
    'k8s.namespace.name': 'prod',
    'k8s.pod.name': 'web-1',
    'container.image.name': 'docker.io/evil/xmrig',
    'container.image.tags': ['6'],
    'k8s.audit.verb': 'create',
    'k8s.audit.stage': 'ResponseComplete',
    'k8s.audit.level': 'Request',
    'k8s.audit.id': '4b7c0c53-0a0e-4a8e-9c39-6a3f3f6f9c11',
    'k8s.audit.object.resource': 'events',
    'k8s.audit.object.namespace': 'prod',
    'k8s.audit.object.name': 'web-1.18e0',
    'k8s.audit.object.api_version': 'v1',
  });
});

test('trusts the last address only, and keeps the chain as what it is', () => {
  const attributes = auditAttributes(pullingEvent({ sourceIPs: ['1.2.3.4', '5.6.7.8', '10.0.0.9'] }));
  expect(attributes).toMatchObject({
    'client.address': '10.0.0.9',
    'k8s.audit.source_ips': ['1.2.3.4', '5.6.7.8', '10.0.0.9'],
  });
});

test('carries the impersonated user beside the real one', () => {
  const attributes = auditAttributes(pullingEvent({ impersonatedUser: { username: 'root' } }));
  expect(attributes).toMatchObject({
    'user.name': 'system:node:n1',
    'k8s.audit.impersonated_user.name': 'root',
  });
});

test('describes the object in full where it is', () => {
  const objectRef = {
    resource: 'deployments',
    name: 'web',
    namespace: 'shop',
    uid: 'u',
    apiGroup: 'apps',
    apiVersion: 'v1',
    subresource: 'scale',
  };
  expect(auditAttributes(json({ objectRef }))).toEqual({
    'k8s.namespace.name': 'shop',
    'k8s.audit.object.resource': 'deployments',
    'k8s.audit.object.subresource': 'scale',
    'k8s.audit.object.namespace': 'shop',
    'k8s.audit.object.name': 'web',
    'k8s.audit.object.api_group': 'apps',
    'k8s.audit.object.api_version': 'v1',
    'k8s.audit.object.uid': 'u',
  });
});

test.each([
  ['create', 'POST'],
  ['update', 'PUT'],
  ['patch', 'PATCH'],
  ['delete', 'DELETE'],
  ['deletecollection', 'DELETE'],
  ['get', 'GET'],
  ['list', 'GET'],
  ['watch', 'GET'],
  ['head', 'HEAD'],
  ['options', 'OPTIONS'],
  ['', undefined],
  ['constructor', undefined],
  ['approve', undefined],
])('the method behind the verb %o is %s', (verb, method) => {
  expect(auditAttributes(json({ verb }))['http.request.method']).toBe(method);
});

test('cuts the query off the path: it may hold tokens', () => {
  const path = auditAttributes(json({ requestURI: '/api/v1/x?a=1?b\n2' }))['url.path'];
  expect(path).toBe('/api/v1/x');
});

describe('the pod', () => {
  const kubelet = { username: 'system:node:n1' };
  const events = { resource: 'events', namespace: 'prod' };
  const pulling = 'Pulling image "x"';
  test.each([
    [
      'is the one that an event speaks of',
      { objectRef: events, requestObject: { involvedObject: { kind: 'Pod', name: 'a' } } },
      'a',
    ],
    [
      'is the one that a newer event regards',
      { objectRef: events, requestObject: { regarding: { kind: 'Pod', name: 'a' } } },
      'a',
    ],
    [
      'is in the response if the request, a patch, lacks it',
      {
        objectRef: { ...events, name: 'b.18e' },
        requestObject: { count: 2 },
        responseObject: { involvedObject: { kind: 'Pod', name: 'a' } },
      },
      'a',
    ],
    [
      'of a repeat is the name of the event before its last dot',
      {
        user: kubelet,
        objectRef: { ...events, name: 'a.b-1.18ea619ad7ae9792' },
        requestObject: { count: 2, message: pulling },
      },
      'a.b-1',
    ],
    [
      'of a repeated kubelet event needs no image',
      {
        user: kubelet,
        objectRef: { ...events, name: 'a.18e' },
        requestObject: { message: 'Back-off restarting failed container' },
      },
      'a',
    ],
    [
      'of a forged repeat is read all the same',
      {
        user: { username: 'mallory' },
        objectRef: { ...events, name: 'a.18e' },
        requestObject: { message: pulling },
      },
      'a',
    ],
    [
      'is none if the event is about a node',
      {
        user: kubelet,
        objectRef: { ...events, name: 'n1.18e' },
        requestObject: { involvedObject: { kind: 'Node', name: 'n1' } },
      },
      undefined,
    ],
    [
      'is none if a repeat is about the node itself',
      {
        user: kubelet,
        objectRef: { ...events, name: 'n1.18e' },
        requestObject: { message: 'Node n1 status is now: NodeReady' },
      },
      undefined,
    ],
    [
      'is none if a repeat is about a deployment',
      {
        user: { username: 'system:serviceaccount:kube-system:deployment-controller' },
        objectRef: { ...events, name: 'web.18e' },
        requestObject: { message: 'Scaled up' },
      },
      undefined,
    ],
    [
      'is none if the event has a name of its own',
      { user: kubelet, objectRef: { ...events, name: 'b3a0-uuid' }, requestObject: { message: pulling } },
      undefined,
    ],
    [
      'of a request on a pod is its name',
      { objectRef: { resource: 'pods', name: 'a', subresource: 'exec' } },
      'a',
    ],
    [
      'of a request on a pod is not what its body claims',
      {
        objectRef: { resource: 'pods', name: 'a' },
        requestObject: { involvedObject: { kind: 'Pod', name: 'b' } },
      },
      'a',
    ],
    [
      'made by generateName is in the response',
      { objectRef: { resource: 'pods' }, responseObject: { metadata: { name: 'a-x7' } } },
      'a-x7',
    ],
    ['is none of other requests', { objectRef: { resource: 'secrets', name: 'a.18e' } }, undefined],
  ])('%s', (_, event, pod) => {
    expect(auditAttributes(json(event))['k8s.pod.name']).toBe(pod);
  });
});

describe('the image', () => {
  test.each([
    ['Pulling image "nginx"', 'nginx', undefined, undefined],
    ['pulling image "nginx:1"', 'nginx', ['1'], undefined],
    ['(combined from similar events): Pulling image "spam/i10:1"', 'spam/i10', ['1'], undefined],
    [`Pulling image "busybox@${digest}"`, 'busybox', undefined, digest],
    [`Pulling image "a.io:5000/b:t@${digest}"`, 'a.io:5000/b', ['t'], digest],
    ['Successfully pulled image "nginx:1" in 300ms', 'nginx', ['1'], undefined],
    ['Container image "nginx:1" already present on machine', 'nginx', ['1'], undefined],
    ['Failed to apply default image tag "NGINX:x": bad', 'NGINX:x', undefined, undefined],
    ['Pulling image "a\\"b"', 'a\\"b', undefined, undefined],
    ['Started container nginx', undefined, undefined, undefined],
    ['Pulling image ""', undefined, undefined, undefined],
    ['Pulling image "unfinished', undefined, undefined, undefined],
  ])('of the message %s', (message, name, tags, id) => {
    const attributes = auditAttributes(
      json({ objectRef: { resource: 'events' }, requestObject: { message } }),
    );
    expect(attributes['container.image.name']).toEqual(name);
    expect(attributes['container.image.tags']).toEqual(tags);
    expect(attributes['container.image.id']).toEqual(id);
  });

  test('of an events.k8s.io event is in its note', () => {
    const event = json({ requestObject: { note: 'Pulling image "nginx:1"' } });
    expect(auditAttributes(event)['container.image.name']).toBe('nginx');
  });

  test('cannot hide behind a second key of the same name', () => {
    const event = parseJson(
      '{"requestObject":{"message":"Pulling image \\"good:1\\"","message":"Pulling image \\"evil:2\\""}}',
    );
    expect(auditAttributes(event ?? null)).toEqual({
      'container.image.name': ['good', 'evil'],
      'container.image.tags': ['1', '2'],
    });
  });

  test.each([
    ['spec', (spec: object) => ({ spec })],
    ['spec.template.spec', (spec: object) => ({ spec: { template: { spec } } })],
    [
      'spec.jobTemplate.spec.template.spec',
      (spec: object) => ({ spec: { jobTemplate: { spec: { template: { spec } } } } }),
    ],
  ])('of every container in %s', (_, body) => {
    const requestObject = body({
      containers: [{ image: 'a:1' }, { image: 'b:2' }],
      initContainers: [{ image: 'c' }],
      ephemeralContainers: [{ image: 'a:1' }],
    });
    expect(auditAttributes(json({ requestObject }))).toEqual({
      'container.image.name': ['a', 'b', 'c'],
      'container.image.tags': ['1', '2'],
    });
  });
});

test('bounds all that a client can write, and says what it cut', () => {
  const long = 'x'.repeat(100_000);
  const attributes = auditAttributes(
    pullingEvent({
      auditID: long,
      userAgent: long,
      requestURI: `/${long}`,
      sourceIPs: Array.from({ length: 251 }, (_, at) => `10.0.0.${at}`),
      requestObject: { message: `Pulling image "${long}"` },
    }),
  );
  expect(JSON.stringify(attributes).length).toBeLessThan(10_000);
  expect(attributes).toMatchObject({
    'client.address': '10.0.0.250',
    'riskpipe.cut': [
      'container.image.name',
      'k8s.audit.id',
      'k8s.audit.source_ips',
      'url.path',
      'user_agent.original',
    ],
  });
});

test.each([
  'null',
  '[]',
  '1',
  '"x"',
  '{}',
  '{"user":1,"objectRef":[],"sourceIPs":{"0":"1"},"responseStatus":{"code":"x"}}',
  '{"sourceIPs":[1,null],"responseStatus":{"code":1e2},"verb":["get"]}',
])('an event of another shape, %s, has no attributes', (text) => {
  const event = parseJson(text);
  expect(event).toBeDefined();
  expect(auditAttributes(event ?? null)).toEqual({});
});

test('never fails, whatever the event', () => {
  const key = fc.constantFrom(
    'user',
    'username',
    'objectRef',
    'resource',
    'name',
    'requestObject',
    'message',
    'spec',
    'containers',
    'image',
    'sourceIPs',
    'involvedObject',
    'kind',
    '__proto__',
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'medium' },
      fc.constantFrom('events', 'pods', 'Pod', 'a.1f', 'Pulling image "x:1"', null, 7, true),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(key, tie('value'), { maxKeys: 6 }),
    ),
  }));
  const seen = { some: 0, none: 0 };
  fc.assert(
    fc.property(fc.dictionary(key, value, { maxKeys: 8 }), (event) => {
      const attributes = auditAttributes(json(event));
      seen[Object.keys(attributes).length > 0 ? 'some' : 'none']++;
    }),
    { seed: 5, numRuns: 1_000 },
  );
  expect(Math.min(seen.some, seen.none)).toBeGreaterThan(20);
});

const capture = '../shared/data/audit/kube-apiserver-1.34';

test.skipIf(!existsSync(capture)).each(['audit-p1.jsonl', 'audit-p2.jsonl'])(
  'every pull of a real cluster in %s shows its namespace, pod and image',
  (file) => {
    const events = readFileSync(`${capture}/${file}`, 'utf8')
      .split('\n')
      .filter((line) => line.includes('Pulling image'))
      .map((line) => parseJson(line) ?? null);
    const pulls = events.filter((event) =>
      fieldTexts(event, 'requestObject.message', 'hidden').some((text) => text.includes('Pulling image "')),
    );
    expect(pulls.length).toBeGreaterThanOrEqual(55);
    for (const event of pulls) {
      expect(auditAttributes(event)).toMatchObject({
        'k8s.namespace.name': expect.stringMatching(/./),
        'k8s.pod.name': expect.stringMatching(/^[a-z0-9.-]+$/),
        'container.image.name': expect.stringMatching(/^[a-z0-9./:_-]+$/),
      });
    }
  },
);
