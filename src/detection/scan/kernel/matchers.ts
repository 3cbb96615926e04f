import {
  columnMatchers,
  columnMatchersEnd,
  columnScratch,
  matchedFold,
  matchedLength,
  matchedPosition,
  matchedSize,
  matchedText,
  matcherLiterals,
  matcherLiteralsEnd,
  matcherNegated,
  matcherPlans,
  matcherSize,
  positionEnd,
  positionStart,
  positionWhole,
} from '../layout';
import { copySet, meets, removeSet } from './sets';

/** What a value is made of: bytes that mean themselves, or such and escapes of others, or more. */
const plain: u32 = 0;
const escaped: u32 = 1;
const foreign: u32 = 2;

/**
 * The plans of `alive` that are possible if the field of `column` has the value at `text`, by comparing its bytes; 0 if
 * those do not tell.
 */
export function matchedSet(column: usize, text: usize, length: usize, alive: usize, words: u32): usize {
  const end = usize(load<u32>(column, columnMatchersEnd));
  let matcher = usize(load<u32>(column, columnMatchers));
  if (matcher == end) return 0;
  const kind = kindOf(text, length);
  if (kind == foreign) return 0;
  const set = usize(load<u32>(column, columnScratch));
  copySet(set, alive, words);
  for (; matcher < end; matcher += matcherSize) {
    const plans = usize(load<u32>(matcher, matcherPlans));
    if (!meets(set, plans, words)) continue;
    const found = hasLiteral(matcher, text, length);
    // What looks like a literal may be part of an escape: good enough to let plans pass, not to take them away.
    const holds = load<u32>(matcher, matcherNegated) == 0 ? found : !found || kind == escaped;
    if (!holds) removeSet(set, plans, words);
  }
  return set;
}

function hasLiteral(matcher: usize, text: usize, length: usize): bool {
  const end = usize(load<u32>(matcher, matcherLiteralsEnd));
  for (let literal = usize(load<u32>(matcher, matcherLiterals)); literal < end; literal += matchedSize) {
    if (isIn(literal, text, length)) return true;
  }
  return false;
}

/** True if the literal stands in the value where it has to. */
export function isIn(literal: usize, text: usize, length: usize): bool {
  const own = usize(load<u32>(literal, matchedLength));
  if (own > length) return false;
  const last = text + length - own;
  switch (load<u32>(literal, matchedPosition)) {
    case positionWhole:
      return own == length && isAt(literal, text, own);
    case positionStart:
      return isAt(literal, text, own);
    case positionEnd:
      return isAt(literal, last, own);
    default:
      return own == 0 || isAnywhere(literal, text, last, own);
  }
}

function isAnywhere(literal: usize, text: usize, last: usize, own: usize): bool {
  const first = i8x16.splat(load<i8>(usize(load<u32>(literal, matchedText))));
  const fold = i8x16.splat(load<i8>(usize(load<u32>(literal, matchedFold))));
  for (let p = text; p <= last; p += 16) {
    let bits = i8x16.bitmask(i8x16.eq(v128.or(v128.load(p), fold), first));
    for (; bits != 0; bits &= bits - 1) {
      const at = p + usize(ctz(bits));
      if (at > last) return false;
      if (isAt(literal, at, own)) return true;
    }
  }
  return false;
}

function isAt(literal: usize, at: usize, own: usize): bool {
  const text = usize(load<u32>(literal, matchedText));
  const fold = usize(load<u32>(literal, matchedFold));
  for (let index: usize = 0; index < own; index++) {
    if ((load<u8>(at + index) | load<u8>(fold + index)) != load<u8>(text + index)) return false;
  }
  return true;
}

/** Escapes that Go writes for `<`, `>` and `&`, and those of two bytes but `\/`, hide no byte of a literal. */
function kindOf(text: usize, length: usize): u32 {
  const backslash = i8x16.splat(92);
  const end = text + length;
  let kind = plain;
  for (let p = text; p < end; p += 16) {
    const bytes = v128.load(p);
    const inside = end - p >= 16 ? 0xffff : (1 << u32(end - p)) - 1;
    if ((i8x16.bitmask(bytes) & inside) != 0) return foreign;
    let bits = i8x16.bitmask(i8x16.eq(bytes, backslash)) & inside;
    if (bits != 0) kind = escaped;
    for (; bits != 0; bits &= bits - 1) if (mayHide(p + usize(ctz(bits)))) return foreign;
  }
  return kind;
}

function mayHide(at: usize): bool {
  const next = load<u8>(at, 1);
  if (next == 47) return true;
  if (next != 117) return false;
  const digits = load<u32>(at, 2);
  return digits != 0x36323030 && digits != 0x63333030 && digits != 0x65333030;
}
