import { describe, expect, test } from 'vitest';
import { gzipHeaderLength } from '../../../../src/receivers/file-log/archive/gzip-header.ts';

const fixed = (flags: number, ...rest: readonly number[]): Buffer =>
  Buffer.from([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 3, ...rest]);

describe('a header of a gzip member', () => {
  for (const [what, bytes, length] of [
    ['without anything', fixed(0, 1, 2, 3), 10],
    ['with a name', fixed(8, 0x61, 0x62, 0, 1), 13],
    ['with a name and a comment', fixed(24, 0x61, 0, 0x62, 0, 1), 14],
    ['with extra bytes', fixed(4, 3, 0, 7, 7, 7, 1), 15],
    ['with a check sum of its own', fixed(2, 9, 9, 1), 12],
    ['that is only text', fixed(1, 1), 10],
  ] as const) {
    test(what, () => {
      expect(gzipHeaderLength(bytes)).toBe(length);
      for (let cut = 0; cut < length; cut++) expect(gzipHeaderLength(bytes.subarray(0, cut))).toBe('short');
    });
  }

  for (const [what, bytes] of [
    ['of another format', Buffer.from('{"kind":"Event"}')],
    ['of another method', Buffer.from([0x1f, 0x8b, 7])],
    ['with flags that nobody knows', fixed(0x20)],
  ] as const) {
    test(`${what} is none`, () => expect(gzipHeaderLength(bytes)).toBe('foreign'));
  }
});
