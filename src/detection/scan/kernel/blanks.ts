/** True if there is nothing but white space from `p` to `end`: such a line is none. */
export function isBlank(p: usize, end: usize): bool {
  for (; p < end; p++) {
    const byte = load<u8>(p);
    if (byte != 32 && (byte < 9 || byte > 13)) return false;
  }
  return true;
}
