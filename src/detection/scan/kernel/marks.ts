import { lineStart } from './newlines';
import { marks } from './state';

/** Where the slice begins that the marks are of. */
let base: usize = 0;

/** Clears the marks, which from now on are those of the slice from `from` to `end`: one bit for each 64 bytes. */
export function beginMarks(from: usize, end: usize): void {
  base = from;
  memory.fill(marks, 0, (((end - from) >> 12) + 1) << 3);
}

/** Marks the 64 bytes that the one at `p` is of. */
export function mark(p: usize): void {
  const bit = (p - base) >> 6;
  const at = marks + (bit >> 3);
  const bits = u32(load<u8>(at)) | (1 << u32(bit & 7));
  store<u8>(at, u8(bits));
}

/** True if there is a mark on any of the bytes from `from` to `to`, or on one that shares its 64 with them. */
export function isMarked(from: usize, to: usize): bool {
  const first = (from - base) >> 6;
  const last = (to - base) >> 6;
  for (let word = first >> 6; word <= last >> 6; word++) {
    let bits = load<u64>(marks + (word << 3));
    if (word == first >> 6) bits &= ~u64(0) << u64(first & 63);
    if (word == last >> 6) bits &= ~u64(0) >> u64(63 - (last & 63));
    if (bits != 0) return true;
  }
  return false;
}

/** The first line that starts at or behind `start`, itself the start of one, and may have a mark; `end` if none has. */
export function nextMarked(start: usize, end: usize): usize {
  const first = (start - base) >> 6;
  const last = (end - base) >> 6;
  for (let word = first >> 6; word <= last >> 6; word++) {
    let bits = load<u64>(marks + (word << 3));
    if (word == first >> 6) bits &= ~u64(0) << u64(first & 63);
    if (bits == 0) continue;
    const at = base + (((word << 6) + usize(ctz(bits))) << 6);
    return at <= start ? start : lineStart(at, start);
  }
  return end;
}
