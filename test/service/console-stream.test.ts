import { expect, test } from 'vitest';
import { humanLine } from '../../src/service/console-stream.ts';

const line = (detail: object): string =>
  JSON.stringify({
    level: 'warn',
    time: '2026-04-12T12:30:19.123Z',
    component: 'file_log',
    msg: 'reading',
    ...detail,
  });

test('a line for people has time, level, component, message and details', () => {
  expect(humanLine(line({ files: 3, path: '/a b' }), false)).toBe(
    '12:30:19 warn  file_log   reading  files=3  path=/a b',
  );
});

test('what could move the cursor or fake a line is shown, not sent', () => {
  expect(humanLine(line({ path: 'x\n12:30:19 error\u001b[2J\u202e' }), false)).toContain(
    'path=x\\u{a}12:30:19 error\\u{1b}[2J\\u{202e}',
  );
});

test('colour is only for terminals', () => {
  expect(humanLine(line({}), true)).toContain('\u001b[33mwarn');
  expect(humanLine(line({}), false)).not.toContain('\u001b');
});
