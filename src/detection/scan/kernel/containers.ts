import { anyOf, bitsOf } from './bits';

const even: u64 = 0x5555555555555555;

/** For each bit whether the number of bits up to and with it is odd: what is between pairs of quotes. */
export function prefixXor(bits: u64): u64 {
  bits ^= bits << 1;
  bits ^= bits << 2;
  bits ^= bits << 4;
  bits ^= bits << 8;
  bits ^= bits << 16;
  return bits ^ (bits << 32);
}

/**
 * Address behind the bracket that closes the object or array whose first byte behind its opening bracket is `p`; 0 if
 * there is none before `end`. Square and curly ones are not told apart: it is for what nobody wants to look into.
 *
 * 64 bytes at a time: bits of quotes that no backslash escapes (simdjson's way to find those), of what is between
 * them, of brackets outside.
 */
export function containerEnd(p: usize, end: usize): usize {
  const quote = i8x16.splat(34);
  const backslash = i8x16.splat(92);
  const opening = i8x16.splat(0x7b);
  const closing = i8x16.splat(0x7d);
  // Turns [ and ] into { and }, and no other byte of valid JSON outside of strings into either.
  const fold = i8x16.splat(0x20);
  let depth: i32 = 1;
  let inString: u64 = 0;
  let escapes: u64 = 0;
  while (p < end) {
    const x0 = v128.load(p);
    const x1 = v128.load(p, 16);
    const x2 = v128.load(p, 32);
    const x3 = v128.load(p, 48);
    let quotes = bitsOf(i8x16.eq(x0, quote), i8x16.eq(x1, quote), i8x16.eq(x2, quote), i8x16.eq(x3, quote));
    const b0 = i8x16.eq(x0, backslash);
    const b1 = i8x16.eq(x1, backslash);
    const b2 = i8x16.eq(x2, backslash);
    const b3 = i8x16.eq(x3, backslash);
    if (anyOf(b0, b1, b2, b3) || escapes != 0) {
      const starts = bitsOf(b0, b1, b2, b3) & ~escapes;
      const follows = (starts << 1) | escapes;
      const odd = starts & ~even & ~follows;
      const runs = odd + starts;
      escapes = u64(runs < starts);
      quotes &= ~((even ^ (runs << 1)) & follows);
    }
    const strings = prefixXor(quotes) ^ inString;
    inString = u64(i64(strings) >> 63);
    const y0 = v128.or(x0, fold);
    const y1 = v128.or(x1, fold);
    const y2 = v128.or(x2, fold);
    const y3 = v128.or(x3, fold);
    const closes =
      bitsOf(i8x16.eq(y0, closing), i8x16.eq(y1, closing), i8x16.eq(y2, closing), i8x16.eq(y3, closing)) &
      ~strings;
    const opens =
      bitsOf(i8x16.eq(y0, opening), i8x16.eq(y1, opening), i8x16.eq(y2, opening), i8x16.eq(y3, opening)) &
      ~strings;
    const closed = i32(popcnt(closes));
    if (closed >= depth) {
      const at = closingBit(opens, closes, depth);
      if (at < 64) {
        const behind = p + usize(at) + 1;
        return behind <= end ? behind : 0;
      }
    }
    depth += i32(popcnt(opens)) - closed;
    p += 64;
  }
  return 0;
}

/** The bit at which the depth comes to 0; 64 if it does not. */
function closingBit(opens: u64, closes: u64, depth: i32): u64 {
  for (let left = closes; left != 0; left &= left - 1) {
    depth--;
    const lowest = left & (0 - left);
    if (depth + i32(popcnt(opens & (lowest - 1))) == 0) return ctz(left);
  }
  return 64;
}
