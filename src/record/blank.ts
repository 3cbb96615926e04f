const space = 32;

/** True if `bytes` hold nothing but white space from `from` to `to` (exclusive): such a line is none. */
export function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0;
    if (byte !== space && (byte < 9 || byte > 13)) return false;
  }
  return true;
}
