import { expect, test } from 'vitest';
import { parseFieldName } from '../../../../src/detection/frontends/native/field-name.ts';

test.each([
  ['verb', 'verb'],
  ['requestObject.spec.hostNetwork', 'requestObject.spec.hostNetwork'],
  ['annotations."authorization.k8s.io/decision"', 'annotations.authorization.k8s.io/decision'],
  ['"a.b".c."d e"', 'a.b.c.d e'],
  ['"not"', 'not'],
])('%s names the field %s', (text, name) => {
  expect(parseFieldName(text)).toEqual({ name, arrays: 'hidden' });
});

test.each([
  ['', 'has an empty key'],
  ['a..b', 'has an empty key'],
  ['.a', 'has an empty key'],
  ['a.', 'has an empty key'],
  ['a.""', 'has an empty key'],
  ['"a', 'has an empty key'],
  ['"a"b', 'has a quote that does not enclose a whole key'],
  ['a"b"', 'has a quote that does not enclose a whole key'],
  ['a. b', 'has blanks around a key'],
  ['sourceIPs{}', 'goes through arrays by itself'],
  ['a{}.b', 'goes through arrays by itself'],
])('%j is no field name: it %s', (text, reason) => {
  expect(parseFieldName(text)).toContain(reason);
});
