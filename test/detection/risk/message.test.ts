import { expect, test } from 'vitest';
import { filledMessage } from '../../../src/detection/risk/message.ts';

const values: Readonly<Record<string, string>> = {
  user: 'jane',
  'objectRef.name': 'web',
  'user.groups{}': 'a b',
  nasty: '{user} $& {{',
  empty: '',
};

test.each([
  ['plain', 'plain'],
  ['{user} and {objectRef.name}', 'jane and web'],
  ['{user}{user}', 'janejane'],
  ['{{user}', '{user}'],
  ['{{{user}', '{jane'],
  ['a } b {{ c', 'a } b { c'],
  ['{unknown}', '{unknown}'],
  ['{empty}', ''],
  ['{}', '{}'],
  ['{nasty}', '{user} $& {{'],
])('%s becomes %s', (template, message) => {
  expect(filledMessage(template, (column) => values[column])).toBe(message);
});
