import { describe, expect, test } from 'vitest';
import { auditAttributes } from '../../../src/detection/kubernetes/attributes.ts';
import { parseJson } from '../../../src/record/json.ts';
import { json } from './audit-event.ts';

const digest = `sha256:${'ab'.repeat(32)}`;

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
