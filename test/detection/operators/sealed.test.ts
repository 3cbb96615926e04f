import { expect, test } from 'vitest';
import { sealed, shownColumns } from '../../../src/detection/operators/sealed.ts';

test('columns that hold no secret are shown as they are', () => {
  const columns = new Map([['user', ['bob', 'eve']]]);
  expect(shownColumns(columns)).toBe(columns);
});

test('if one column holds secrets, those lose their seals, each once, and the others stay', () => {
  const secrets = ['one', 'two'].map((secret) => sealed(secret, '[redacted]'));
  expect(new Set(secrets).size).toBe(2);
  const columns = new Map([
    ['user', ['bob', 'eve']],
    ['token', secrets],
  ]);
  expect([...shownColumns(columns)]).toEqual([
    ['user', ['bob', 'eve']],
    ['token', ['[redacted]']],
  ]);
});
