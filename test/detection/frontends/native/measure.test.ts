import { expect, test } from 'vitest';
import { parseMeasure } from '../../../../src/detection/frontends/native/measure.ts';

test.each(['distinct', 'values', 'min', 'max', 'sum', 'first', 'last'] as const)(
  '%s measures a field',
  (of) => {
    expect(parseMeasure('m', `${of}(user.username)`)).toEqual({
      as: 'm',
      of,
      field: { name: 'user.username', arrays: 'hidden' },
    });
  },
);

test.each(['count()', ' count ( ) '])('%j counts events', (text) => {
  expect(parseMeasure('n', text)).toEqual({ as: 'n', of: 'count', field: undefined });
});

test('a field may have quoted keys', () => {
  expect(parseMeasure('m', 'max(annotations."a.b/c")')).toMatchObject({
    field: { name: 'annotations.a.b/c' },
  });
});

test.each([
  [
    'count',
    '"count" is no measure; write a function and a field, such as "count()" or "distinct(user.username)"',
  ],
  [
    'count(x)',
    '"count" counts events and takes no field; write "count()", or "distinct(x)" for different values',
  ],
  ['sum()', '"sum" needs a field, such as "sum(user.username)"'],
  [
    'summ(x)',
    'there is no measure "summ", only count, distinct, values, min, max, sum, first, last. Did you mean "sum"?',
  ],
  [
    'sum(a..b)',
    'the field name "a..b" has an empty key; write keys joined by dots, and a key that holds dots in double quotes',
  ],
])('%s is refused', (text, message) => {
  expect(parseMeasure('m', text)).toBe(message);
});
