/** The last call of `stringEnd` passed over a backslash. Only ever set here; whoever wants to know clears it before. */
export let sawBackslash: bool = false;

export function clearBackslash(): void {
  sawBackslash = false;
}

/**
 * Address of the quote that ends the string whose first byte behind the opening quote is `p`; 0 if there is none
 * before `end`. What is escaped is passed over, valid or not.
 */
export function stringEnd(p: usize, end: usize): usize {
  const quote = i8x16.splat(34);
  const backslash = i8x16.splat(92);
  while (p < end) {
    const bytes = v128.load(p);
    const bits = i8x16.bitmask(v128.or(i8x16.eq(bytes, quote), i8x16.eq(bytes, backslash)));
    if (bits == 0) {
      p += 16;
      continue;
    }
    p += usize(ctz(bits));
    if (load<u8>(p) == 34) return p < end ? p : 0;
    sawBackslash = true;
    p += 2;
  }
  return 0;
}

/**
 * True if the text from `p` to `end`, which is inside a string, has an escape that may stand for a character that could
 * have been written as it is: `\u....` or `\/`.
 */
export function hidesCharacters(p: usize, end: usize): bool {
  while (p < end) {
    if (load<u8>(p) != 92) {
      p++;
      continue;
    }
    const next = load<u8>(p + 1);
    if (next == 117 || next == 47) return true;
    p += 2;
  }
  return false;
}
