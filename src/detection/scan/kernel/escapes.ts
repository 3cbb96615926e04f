import { anyOf, bitsOf } from './bits';
import { mark } from './marks';

/**
 * Marks, among the 64 bytes at `p`, escapes that stand for a character that a literal may hold (spec/performance.md §11):
 * `\/`, and `\u00..` of a printable ASCII character other than `< > & " \`, which Go itself always escapes. A literal may
 * hide behind them. Nothing before `from` or from `end` on is taken for part of the text.
 */
export function markEscapes(p: usize, from: usize, end: usize): void {
  const a = suspects(p);
  const b = suspects(p + 16);
  const c = suspects(p + 32);
  const d = suspects(p + 48);
  if (!anyOf(a, b, c, d)) return;
  for (let bits = bitsOf(a, b, c, d); bits != 0; bits &= bits - 1) {
    const at = p + usize(ctz(bits));
    if (at < end && hides(at) && isEscape(at, from)) mark(at);
  }
}

/** Where a backslash stands before `u` or `/`: of what may follow one, only these two have all of the bits. */
function suspects(p: usize): v128 {
  const next = v128.or(v128.load(p, 1), i8x16.splat(0x5a));
  return v128.and(i8x16.eq(v128.load(p), i8x16.splat(92)), i8x16.eq(next, i8x16.splat(0x7f)));
}

/** True if the escape at `at` stands for a character that could be part of a literal. */
function hides(at: usize): bool {
  if (load<u8>(at, 1) != 117) return true;
  if (load<u16>(at, 2) != 0x3030) return false;
  const value = (digit(load<u8>(at, 4)) << 4) | digit(load<u8>(at, 5));
  if (value < 0x20 || value > 0x7e) return false;
  return value != 0x3c && value != 0x3e && value != 0x26 && value != 0x22 && value != 0x5c;
}

function digit(byte: u32): u32 {
  return byte < 58 ? byte - 48 : (byte | 32) - 87;
}

/** True if the backslash at `at` begins an escape: it is not itself escaped. */
function isEscape(at: usize, from: usize): bool {
  let before = at;
  while (before > from && load<u8>(before - 1) == 92) before--;
  return ((at - before) & 1) == 0;
}
