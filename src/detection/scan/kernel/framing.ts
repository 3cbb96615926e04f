import { counterLines } from '../layout';
import { anyOf, bitsOf } from './bits';
import { isBlank } from './blanks';
import { mark } from './marks';
import { lineEnd } from './newlines';
import { count } from './state';

/**
 * Counts the lines from `from` to `end` that are not blank; the byte before `end` is a newline. Marks those that do not
 * begin with `{`.
 */
export function countLines(from: usize, end: usize): void {
  const newline = i8x16.splat(10);
  let lines: u32 = from < end ? lineAt(from) : 0;
  for (let p = from; p < end; p += 64) {
    const a = i8x16.eq(v128.load(p), newline);
    const b = i8x16.eq(v128.load(p, 16), newline);
    const c = i8x16.eq(v128.load(p, 32), newline);
    const d = i8x16.eq(v128.load(p, 48), newline);
    if (!anyOf(a, b, c, d)) continue;
    for (let bits = bitsOf(a, b, c, d); bits != 0; bits &= bits - 1) {
      const next = p + usize(ctz(bits)) + 1;
      if (next >= end) break;
      lines += lineAt(next);
    }
  }
  count(counterLines, lines);
}

function lineAt(start: usize): u32 {
  if (load<u8>(start) == 123) return 1;
  if (isBlank(start, lineEnd(start))) return 0;
  mark(start);
  return 1;
}
