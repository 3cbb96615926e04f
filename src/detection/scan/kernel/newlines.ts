import { anyOf, bitsOf } from './bits';

/** Address of the first newline at or behind `p`. There has to be one. */
export function lineEnd(p: usize): usize {
  const newline = i8x16.splat(10);
  while (true) {
    const a = i8x16.eq(v128.load(p), newline);
    const b = i8x16.eq(v128.load(p, 16), newline);
    const c = i8x16.eq(v128.load(p, 32), newline);
    const d = i8x16.eq(v128.load(p, 48), newline);
    if (anyOf(a, b, c, d)) return p + usize(ctz(bitsOf(a, b, c, d)));
    p += 64;
  }
}

/** Address of the first byte of the line that `p` is in; no line starts before `from`. */
export function lineStart(p: usize, from: usize): usize {
  const newline = i8x16.splat(10);
  while (p >= from + 16) {
    const bits = u32(i8x16.bitmask(i8x16.eq(v128.load(p - 16), newline)));
    if (bits != 0) return p - 16 + usize(32 - clz(bits));
    p -= 16;
  }
  while (p > from && load<u8>(p - 1) != 10) p--;
  return p;
}
