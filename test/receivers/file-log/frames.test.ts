import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frames } from '../../../src/receivers/file-log/frames.ts';
import { findNulRun, nulRunEnd } from '../../../src/receivers/file-log/nul-run.ts';

/** Frames as text: lines apart, `oversize:9`, `torn:x`, `nul:4`; and what was left over. */
function framed(text: string, maxLine = 10): readonly string[] {
  const bytes = Buffer.from(text, 'latin1');
  const shown: string[] = [];
  let behind = 0;
  for (const frame of frames(bytes, maxLine)) {
    expect(frame.start).toBeGreaterThanOrEqual(behind);
    behind = frame.end;
    if (frame.kind === 'oversize') shown.push(`oversize:${frame.length}`);
    else if (frame.kind === 'nul') shown.push(`nul:${frame.end - frame.start}`);
    else if (frame.kind === 'torn') shown.push(`torn:${bytes.toString('latin1', frame.start, frame.end)}`);
    else if (frame.kind === 'lines') shown.push(...linesOf(bytes, frame.start, frame.spans));
  }
  return [...shown, `left:${bytes.length - behind}`];
}

function linesOf(bytes: Buffer, start: number, spans: readonly number[]): readonly string[] {
  const lines: string[] = [];
  for (let index = 0; index < spans.length; index += 2) {
    lines.push(bytes.toString('latin1', start + (spans[index] ?? 0), start + (spans[index + 1] ?? 0)));
  }
  return lines;
}

const page = '\0'.repeat(4_096);

describe('a block is taken apart into', () => {
  for (const [what, text, expected] of [
    ['lines and a rest', 'a\nb\r\nc', ['a', 'b', 'left:1']],
    ['nothing, if no line is whole', 'abc', ['left:3']],
    ['nothing, if it is empty', '', ['left:0']],
    ['no line for white space', '\n\r\n \t \na\n\n', ['a', 'left:0']],
    ['lines around one that is too long', 'a\n01234567890\nb\n', ['a', 'oversize:11', 'b', 'left:0']],
    ['a line of just the longest length', '0123456789\r\n', ['0123456789', 'left:0']],
    ['two long lines in a row', '01234567890\n012345678901\n', ['oversize:11', 'oversize:12', 'left:0']],
    ['NULs where a line begins', 'a\n\0\0\0b\n', ['a', 'nul:3', 'b', 'left:0']],
    ['NULs before a newline', '\0\0\n{}\n', ['nul:2', '{}', 'left:0']],
    ['NULs at the end, which may go on', 'a\n\0\0', ['a', 'left:2']],
    ['a torn line, NULs and the next object', '{"a\0\0{}\n', ['torn:{"a', 'nul:2', '{}', 'left:0']],
    ['a torn line that is too long', '01234567890\0{}\n', ['oversize:11', 'nul:1', '{}', 'left:0']],
    ['a line with NULs within', 'a\0\0b\nc\n', ['a\0\0b', 'c', 'left:0']],
    ['a torn line before a page of NULs', `ab${page}c\n`, ['torn:ab', 'nul:4096', 'c', 'left:0']],
  ] as const) {
    test(what, () => expect(framed(text)).toEqual(expected));
  }
});

test('without NULs, frames are the lines of the text', () => {
  let long = 0;
  let short = 0;
  const line = fc.string({ unit: fc.constantFrom('a', '{', '}', ' ', 'é'), maxLength: 14 });
  fc.assert(
    fc.property(fc.array(line), line, (lines, rest) => {
      const bytes = Buffer.from([...lines, ''].join('\n') + rest);
      const size = (text: string): number => Buffer.byteLength(text);
      const held = lines.filter((text) => text.trim() !== '');
      let taken = 0;
      const found: string[] = [];
      for (const frame of frames(bytes, 10)) {
        taken = frame.end;
        if (frame.kind === 'oversize') {
          long++;
          found.push(bytes.toString('utf8', frame.start, frame.start + frame.length));
        } else if (frame.kind === 'lines') {
          short++;
          for (let index = 0; index < frame.spans.length; index += 2) {
            const from = frame.start + (frame.spans[index] ?? 0);
            found.push(bytes.toString('utf8', from, frame.start + (frame.spans[index + 1] ?? 0)));
          }
        }
      }
      expect(found).toEqual(held);
      expect(bytes.length - taken).toBe(size(rest));
    }),
    { seed: 1, numRuns: 500 },
  );
  expect(long).toBeGreaterThan(0);
  expect(short).toBeGreaterThan(0);
});

test('the end of a run of NULs is the first other byte', () => {
  fc.assert(
    fc.property(fc.nat(300), fc.nat(5_000), fc.nat(300), (before, length, after) => {
      const bytes = Buffer.concat([Buffer.alloc(before, 1), Buffer.alloc(length), Buffer.alloc(after, 123)]);
      expect(nulRunEnd(bytes, before)).toBe(before + length);
      const isRun = length > 0 && (before === 0 || after > 0 || length >= 4_096);
      expect(findNulRun(bytes, 0)).toEqual(isRun ? { start: before, end: before + length } : undefined);
    }),
    { seed: 2, numRuns: 300 },
  );
});
