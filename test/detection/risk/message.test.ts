import { expect, test } from 'vitest';
import { filledMessage } from '../../../src/detection/risk/message.ts';

const values: Readonly<Record<string, string>> = {
  user: 'jane',
  'user.groups{}': 'a b',
  nasty: '{user} $user$ $& {{',
  empty: '',
};
const place = (column: string): { readonly column: string; readonly written: string } => ({
  column,
  written: `$${column}$`,
});

test.each([
  [[], ''],
  [['plain'], 'plain'],
  [[place('user'), ' in ', place('user.groups{}')], 'jane in a b'],
  [[place('user'), place('user')], 'janejane'],
  [['by ', place('unknown')], 'by $unknown$'],
  [[place('empty'), '.'], '.'],
  [[place('nasty')], '{user} $user$ $& {{'],
])('%j becomes %j', (message, text) => {
  expect(filledMessage(message, (column) => values[column])).toBe(text);
});
