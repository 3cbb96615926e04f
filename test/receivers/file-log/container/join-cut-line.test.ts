import { expect, test } from 'vitest';
import { containerLineReader } from '../../../../src/receivers/file-log/container/container-line.ts';
import { joinCutLine } from '../../../../src/receivers/file-log/container/join-cut-line.ts';
import { partsOf, writeCri, writeDocker } from './container-log.ts';

const event = { kind: 'Event', auditID: 'a-1', text: '}{"\\\u2028'.repeat(9), list: [1, { deep: '}' }] };
const text = JSON.stringify(event);
const read = containerLineReader(undefined);
const join = (before: string, after: string): ReturnType<typeof joinCutLine> =>
  joinCutLine(Buffer.from(before), Buffer.from(after), read);

test('wherever a line is cut, between whichever parts, it is put together, and only with its own rest', () => {
  const other = writeCri('stdout', text, true);
  const seen = { whole: 0, none: 0 };
  for (const write of [writeCri, writeDocker]) {
    for (let size = 1; size < text.length; size++) {
      const parts = partsOf({ stream: 'stdout', text }, size, write);
      const at = 1 + (size % (parts.length - 1));
      const [before, after] = [parts.slice(0, at).join(''), parts.slice(at).join('')];
      const end = Buffer.byteLength(after);
      expect(join(before, after + other)).toEqual({ kind: 'whole', line: Buffer.from(text), end });
      expect(join(before, other)).toEqual({ kind: 'none' });
      seen.whole++;
      seen.none++;
    }
  }
  expect(Math.min(seen.whole, seen.none)).toBeGreaterThan(200);
});

test('of each beginning of the rest nobody can tell yet', () => {
  const [before = '', ...others] = partsOf({ stream: 'stdout', text }, 40, writeCri);
  const after = others.join('');
  for (let length = 0; length < after.length; length++)
    expect(join(before, after.slice(0, length))).toEqual({ kind: 'open' });
});

for (const [what, before, after] of [
  ['nothing was begun', '', writeCri('stdout', text, true)],
  ['the first file ends with a whole line', writeCri('stdout', text, true), writeCri('stdout', text, true)],
  ['the first file ends within a part', '2026-11-22T13:30:47.5Z stdout P {', writeCri('stdout', '}', true)],
  ['the rest is of the other stream', writeCri('stdout', '{', false), writeCri('stderr', '}', true)],
  ['what comes next is none of a container', writeCri('stdout', '{', false), 'klog\n'],
  ['together they are no object', writeCri('stdout', '[', false), writeCri('stdout', ']', true)],
] as const)
  test(`they are not one line if ${what}`, () => {
    expect(join(before, after)).toEqual({ kind: 'none' });
  });
