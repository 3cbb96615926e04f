import { counterLines } from '../layout';
import { anyOf, bitsOf } from './bits';
import { isBlank } from './blanks';
import { markEscapes } from './escapes';
import { mark } from './marks';
import { lineEnd } from './newlines';
import { count } from './state';

/**
 * Counts the lines from `from` to `end` that are not blank; the byte before `end` is a newline. Marks those that do not
 * begin with `{`, and what `markEscapes` marks: both are far apart, so they share one look at every byte.
 */
export function frameLines(from: usize, end: usize): void {
  const newline = i8x16.splat(10);
  const backslash = i8x16.splat(92);
  let lines: u32 = from < end ? lineAt(from) : 0;
  for (let p = from; p < end; p += 64) {
    const x0 = v128.load(p);
    const x1 = v128.load(p, 16);
    const x2 = v128.load(p, 32);
    const x3 = v128.load(p, 48);
    const a = i8x16.eq(x0, newline);
    const b = i8x16.eq(x1, newline);
    const c = i8x16.eq(x2, newline);
    const d = i8x16.eq(x3, newline);
    const e = i8x16.eq(x0, backslash);
    const f = i8x16.eq(x1, backslash);
    const g = i8x16.eq(x2, backslash);
    const h = i8x16.eq(x3, backslash);
    if (!anyOf(v128.or(a, e), v128.or(b, f), v128.or(c, g), v128.or(d, h))) continue;
    if (anyOf(e, f, g, h)) markEscapes(p, from, end);
    if (anyOf(a, b, c, d)) lines += linesBehind(p, bitsOf(a, b, c, d), end);
  }
  count(counterLines, lines);
}

/** How many lines begin, before `end`, behind the newlines of the 64 bytes at `p`: those that `bits` says. */
function linesBehind(p: usize, bits: u64, end: usize): u32 {
  let lines: u32 = 0;
  for (; bits != 0; bits &= bits - 1) {
    const next = p + usize(ctz(bits)) + 1;
    if (next >= end) break;
    lines += lineAt(next);
  }
  return lines;
}

function lineAt(start: usize): u32 {
  if (load<u8>(start) == 123) return 1;
  if (isBlank(start, lineEnd(start))) return 0;
  mark(start);
  return 1;
}
