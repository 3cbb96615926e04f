import { expect, test } from 'vitest';
import { messageOf } from '../../../../src/detection/frontends/native/message.ts';

const user = { column: 'user', written: '{user}' };

test.each([
  ['', [], []],
  ['plain } text', ['plain } text'], []],
  [
    '{user} and {objectRef.name}',
    [user, ' and ', { column: 'objectRef.name', written: '{objectRef.name}' }],
    [],
  ],
  ['{{user}', ['{user}'], []],
  ['{{{user}', ['{', user], []],
  ['{}', ['{}'], ['{}']],
  ['a { b', ['a { b'], ['{']],
])('%s is %j', (text, parts, complaints) => {
  const found: string[] = [];
  expect(messageOf(text, (token) => void found.push(token))).toEqual(parts);
  expect(found).toEqual(complaints);
});
