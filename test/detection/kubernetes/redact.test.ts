import { describe, expect, test } from 'vitest';
import { redactedText } from '../../../src/detection/kubernetes/redact.ts';
import { parseJson } from '../../../src/record/json.ts';
import type { Attributes } from '../../../src/record/value.ts';

const eventOf = (
  resource?: string,
  subresource?: string,
): { readonly event: undefined; readonly context: Attributes } => ({
  event: undefined,
  context: {
    ...(resource !== undefined && { 'k8s.audit.object.resource': resource }),
    ...(subresource !== undefined && { 'k8s.audit.object.subresource': subresource }),
  },
});

describe('a value is redacted', () => {
  test.each([
    ['requestObject.data.password', 'secrets', undefined],
    ['requestObject.stringData.password', 'secrets', undefined],
    ['responseObject.items{}.data.tls.key', 'secrets', undefined],
    ['requestObject{}.value', 'secrets', undefined],
    ['requestObject.value', 'secrets', undefined],
    [
      'requestObject.metadata.annotations.kubectl.kubernetes.io/last-applied-configuration',
      'secrets',
      undefined,
    ],
    ['annotations.patch.webhook.admission.k8s.io/round_0_index_0', 'secrets', undefined],
    ['responseObject.data.password', 'secrets', 'status'],
    ['responseObject.status.token', 'serviceaccounts', 'token'],
    ['responseObject.spec.boundObjectRef.name', 'serviceaccounts', 'token'],
    ['requestObject.spec.token', 'tokenreviews', undefined],
    ['requestObject.spec.token', 'widgets', undefined],
    ['requestObject.data.password', 'sealedthings', undefined],
    ['requestObject.data.password', undefined, undefined],
    ['requestObject.spec.containers{}.env{}.value', 'pods', undefined],
    ['requestObject.spec.containers.env.value', 'pods', undefined],
    ['requestObject.spec.PASSWORD', 'widgets', undefined],
    [
      'requestObject.metadata.annotations.kubectl.kubernetes.io/last-applied-configuration',
      'deployments',
      undefined,
    ],
    ['annotations.patch.webhook.admission.k8s.io/round_0_index_0', 'pods', undefined],
  ])('%s of %s/%s', (field, resource, subresource) => {
    expect(redactedText(field, 's3cret', eventOf(resource, subresource))).toBe('[redacted]');
  });
});

describe('a value is shown', () => {
  test.each([
    ['objectRef.name', 'secrets', undefined],
    ['user.username', 'secrets', undefined],
    ['requestObject.metadata.name', 'secrets', undefined],
    ['requestObject.metadata.labels.app', 'secrets', undefined],
    ['responseObject.items{}.metadata.name', 'secrets', undefined],
    ['requestObject.type', 'secrets', undefined],
    ['requestObject.data.key', 'configmaps', undefined],
    ['requestObject.message', 'events', undefined],
    ['requestObject.spec.automountServiceAccountToken', 'pods', undefined],
    ['requestObject.spec.containers{}.env{}.name', 'pods', undefined],
    ['requestObject.metadata.name', 'serviceaccounts', undefined],
    ['annotations.authorization.k8s.io/decision', 'secrets', undefined],
  ])('%s of %s/%s', (field, resource, subresource) => {
    expect(redactedText(field, 'a', eventOf(resource, subresource))).toBe('a');
  });
});

test('asks what the event says of itself only where that matters', () => {
  const event = {
    event: undefined,
    get context(): Attributes {
      throw new Error('asked');
    },
  };
  expect(redactedText('user.username', 'a', event)).toBe('a');
  expect(() => redactedText('requestObject.data.a', 'a', event)).toThrow('asked');
});

test.each([
  ['/api/v1/pods', '/api/v1/pods'],
  ['/x?limit=5&token=abc&a=b', '/x?limit=5&token=[redacted]&a=b'],
  ['/x?access_token=a=b', '/x?access_token=[redacted]'],
  ['/x?%74oken=abc', '/x?%74oken=[redacted]'],
  ['/x?%zz%74oken=abc', '/x?%zz%74oken=[redacted]'],
  ['/x?X-Amz-Signature=abc&code=1', '/x?X-Amz-Signature=[redacted]&code=[redacted]'],
  ['/x?password', '/x?password'],
  ['/exec?command=cat&command=%2Fetc', '/exec?command=cat&command=%2Fetc'],
])('of the request URI %s what is shown is %s', (uri, shown) => {
  expect(redactedText('requestURI', uri, eventOf('pods'))).toBe(shown);
});

describe('the whole line is', () => {
  test.each([
    ['redacted', '{"requestObject":{"a":1}}'],
    ['redacted', '{"verb":"get","responseObject":null}'],
    ['redacted', '{"requestObject.data":"x"}'],
    ['redacted', '{"annotations":{"patch.webhook.admission.k8s.io/round_0_index_0":"x"}}'],
    ['redacted', '{"requestURI":"/x?token=abc"}'],
    ['shown', '{"requestURI":"/x?limit=5","annotations":{"a":"b"}}'],
    ['shown', '{"object":{"requestObject":"x"}}'],
    ['shown', 'A shell was spawned (user=root)'],
  ])('%s: %s', (fate, line) => {
    const event = { event: parseJson(line), context: {} };
    expect(redactedText('_raw', line, event)).toBe(fate === 'shown' ? line : '[redacted]');
  });
});
