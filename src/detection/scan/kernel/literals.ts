import { literalFirst, literalFold, literalLength, literalSecond, literalText } from '../layout';
import { anyOf, bitsOf } from './bits';
import { mark } from './marks';

/**
 * Marks where the literal occurs from `from` to `end`, whatever the case of its letters. Two of its bytes are compared
 * in 64 places at once, the others where both are there.
 */
export function markLiteral(from: usize, end: usize, literal: usize): void {
  const text = usize(load<u32>(literal, literalText));
  const fold = usize(load<u32>(literal, literalFold));
  const first = usize(load<u32>(literal, literalFirst));
  const second = usize(load<u32>(literal, literalSecond));
  const byte0 = i8x16.splat(load<i8>(text + first));
  const byte1 = i8x16.splat(load<i8>(text + second));
  const fold0 = i8x16.splat(load<i8>(fold + first));
  const fold1 = i8x16.splat(load<i8>(fold + second));
  for (let p = from; p < end; p += 64) {
    const x = p + first;
    const y = p + second;
    const a = pairAt(x, y, byte0, byte1, fold0, fold1);
    const b = pairAt(x + 16, y + 16, byte0, byte1, fold0, fold1);
    const c = pairAt(x + 32, y + 32, byte0, byte1, fold0, fold1);
    const d = pairAt(x + 48, y + 48, byte0, byte1, fold0, fold1);
    if (!anyOf(a, b, c, d)) continue;
    for (let bits = bitsOf(a, b, c, d); bits != 0; bits &= bits - 1) {
      const at = p + usize(ctz(bits));
      if (at < end && isLiteral(literal, at)) mark(at);
    }
  }
}

function pairAt(x: usize, y: usize, byte0: v128, byte1: v128, fold0: v128, fold1: v128): v128 {
  return v128.and(
    i8x16.eq(v128.or(v128.load(x), fold0), byte0),
    i8x16.eq(v128.or(v128.load(y), fold1), byte1),
  );
}

function isLiteral(literal: usize, at: usize): bool {
  const text = usize(load<u32>(literal, literalText));
  const fold = usize(load<u32>(literal, literalFold));
  const length = usize(load<u32>(literal, literalLength));
  for (let index: usize = 0; index < length; index++) {
    if ((load<u8>(at + index) | load<u8>(fold + index)) != load<u8>(text + index)) return false;
  }
  return true;
}
