import { describe, expect, test } from 'vitest';
import {
  containerLineReader,
  type ContainerFormat,
} from '../../../../src/receivers/file-log/container/container-line.ts';

/** Stream, tag and payload of a line; undefined if it is not of the format. */
function read(text: string, format?: ContainerFormat): string | undefined {
  const bytes = Buffer.from(`before\n${text}\nbehind`);
  const line = containerLineReader(format)(bytes, 7, bytes.length - 7);
  return line && `${line.stream} ${line.isLast ? 'F' : 'P'} ${line.payload.toString()}`;
}

const docker = (log: string, stream = 'stdout'): string =>
  JSON.stringify({ log, stream, time: '2026-11-22T13:30:47.487Z' });

describe('lines of container runtimes', () => {
  for (const [what, text, expected] of [
    ['containerd', '2026-11-22T13:30:47.487654321Z stdout F {"a":1}', 'stdout F {"a":1}'],
    ['CRI-O', '2026-11-22T13:30:47.487654321+01:00 stderr F {"a":1}', 'stderr F {"a":1}'],
    ['a part', '2026-11-22T13:30:47.487654321Z stdout P {"a"', 'stdout P {"a"'],
    ['without a fraction of a second', '2026-11-22T13:30:47Z stdout F x', 'stdout F x'],
    ['a payload that begins with a space', '2026-11-22T13:30:47Z stdout F  x', 'stdout F  x'],
    ['an empty payload', '2026-11-22T13:30:47Z stdout F ', 'stdout F '],
    ['not even a space before the payload', '2026-11-22T13:30:47Z stdout F', 'stdout F '],
    ['more tags', '2026-11-22T13:30:47Z stdout P:new:other x y', 'stdout P x y'],
    ['more tags and no payload', '2026-11-22T13:30:47Z stdout F:new', 'stdout F '],
    ['Docker', docker('{"a":"é"}\n'), 'stdout F {"a":"é"}'],
    ['a part of Docker', docker('{"a"', 'stderr'), 'stderr P {"a"'],
  ] as const) {
    test(what, () => expect(read(text)).toBe(expected));
  }
});

describe('lines of nobody', () => {
  for (const [what, text] of [
    ['an event', '{"kind":"Event","apiVersion":"audit.k8s.io/v1"}'],
    ['klog', 'I1122 13:30:47.487654       1 trace.go:236] Trace[1]: F'],
    ['an empty one', ''],
    ['no stream', '2026-11-22T13:30:47Z stdlog F x'],
    ['no tag', '2026-11-22T13:30:47Z stdout '],
    ['another tag', '2026-11-22T13:30:47Z stdout X x'],
    ['a longer tag', '2026-11-22T13:30:47Z stdout Full x'],
    ['no time', 'xxxx-xx-xxTxx:xx stdout F x'],
    ['a time without an end', `2026-11-22T13:30:47.${'0'.repeat(40)}Z stdout F x`],
    ['a line of which the rest stands behind its end', '2026-11-22T13:30:47Z stdout'],
    ['JSON that is cut off', docker('x\n').slice(0, -1)],
    ['JSON of another form', '{"log":"x\\n","stream":7}'],
    ['two lines in one', docker('x\ny\n')],
  ] as const) {
    test(what, () => expect(read(text)).toBeUndefined());
  }

  test('bytes that are no UTF-8 and would need more room than there is', () => {
    const bytes = Buffer.concat([
      Buffer.from('{"log":"'),
      Buffer.alloc(99, 0xff),
      Buffer.from('\\n","stream":"stdout"}'),
    ]);
    expect(containerLineReader('docker')(bytes, 0, bytes.length)).toBeUndefined();
  });
});

test('with a format only lines of that format are unwrapped', () => {
  const cri = '2026-11-22T13:30:47Z stdout F x';
  expect([read(cri, 'crio'), read(cri, 'containerd'), read(cri, 'docker')]).toEqual([
    'stdout F x',
    'stdout F x',
    undefined,
  ]);
  expect([read(docker('x\n'), 'docker'), read(docker('x\n'), 'crio')]).toEqual(['stdout F x', undefined]);
});
