import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { auditAttributes } from '../../../src/detection/kubernetes/attributes.ts';
import { fieldTexts } from '../../../src/record/json-field.ts';
import { parseJson } from '../../../src/record/json.ts';
import { json, pullingEvent } from './audit-event.ts';

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
