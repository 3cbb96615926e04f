import { skipBlanks } from './skipping';

/** Deeper objects are not looked into: the caller has another way to find out. */
const deepest: u32 = 64;

/**
 * True if the text from `p` to the newline at `end` is one JSON object (RFC 8259), white space around it allowed. False
 * also of a valid one that is more than 64 levels deep.
 */
export function isObject(p: usize, end: usize): bool {
  p = skipBlanks(p);
  if (load<u8>(p) != 123) return false;
  // The containers that are open: a bit each, 1 for an object, the innermost one lowest.
  let kinds: u64 = 0;
  let depth: u32 = 0;
  while (true) {
    const first = load<u8>(p);
    if (first == 123 || first == 91) {
      if (depth++ == deepest) return false;
      kinds = (kinds << 1) | u64(first == 123);
      p = skipBlanks(p + 1);
      if (load<u8>(p) != closing(kinds)) {
        if (first == 123) p = keyEnd(p, end);
        if (p == 0) return false;
        continue;
      }
    } else {
      p = scalarEnd(p, end);
      if (p == 0) return false;
      p = skipBlanks(p);
    }
    while (load<u8>(p) == closing(kinds)) {
      p = skipBlanks(p + 1);
      kinds >>= 1;
      if (--depth == 0) return p == end;
    }
    if (load<u8>(p) != 44) return false;
    p = skipBlanks(p + 1);
    if ((kinds & 1) != 0) p = keyEnd(p, end);
    if (p == 0) return false;
  }
}

function closing(kinds: u64): u8 {
  return (kinds & 1) != 0 ? 125 : 93;
}

/** Behind the key at `p`, its colon, and blanks; 0 if there is none. */
function keyEnd(p: usize, end: usize): usize {
  if (load<u8>(p) != 34) return 0;
  const behind = validStringEnd(p + 1, end);
  if (behind == 0) return 0;
  p = skipBlanks(behind);
  return load<u8>(p) == 58 ? skipBlanks(p + 1) : 0;
}

function scalarEnd(p: usize, end: usize): usize {
  switch (load<u8>(p)) {
    case 34:
      return validStringEnd(p + 1, end);
    case 116: // true
      return load<u32>(p) == 0x65757274 ? p + 4 : 0;
    case 102: // false
      return load<u32>(p + 1) == 0x65736c61 ? p + 5 : 0;
    case 110: // null
      return load<u32>(p) == 0x6c6c756e ? p + 4 : 0;
    default:
      return numberEnd(p);
  }
}

/** Behind the string whose first byte behind the opening quote is `p`; 0 if it is not valid. */
function validStringEnd(p: usize, end: usize): usize {
  while (p < end) {
    const byte = load<u8>(p);
    if (byte == 34) return p + 1;
    if (byte < 32) return 0;
    if (byte != 92) p++;
    else {
      const length = escapeLength(p);
      if (length == 0) return 0;
      p += length;
    }
  }
  return 0;
}

function escapeLength(p: usize): usize {
  switch (load<u8>(p + 1)) {
    case 34:
    case 47:
    case 92:
    case 98:
    case 102:
    case 110:
    case 114:
    case 116:
      return 2;
    case 117:
      return isHex(p + 2) && isHex(p + 3) && isHex(p + 4) && isHex(p + 5) ? 6 : 0;
    default:
      return 0;
  }
}

function isHex(p: usize): bool {
  const byte = load<u8>(p);
  return isDigit(p) || ((byte | 32) >= 97 && (byte | 32) <= 102);
}

function isDigit(p: usize): bool {
  const byte = load<u8>(p);
  return byte >= 48 && byte <= 57;
}

/** Behind the number at `p`; 0 if there is none. */
function numberEnd(p: usize): usize {
  if (load<u8>(p) == 45) p++;
  if (!isDigit(p)) return 0;
  p = load<u8>(p) == 48 ? p + 1 : digitsEnd(p);
  if (load<u8>(p) == 46) {
    if (!isDigit(p + 1)) return 0;
    p = digitsEnd(p + 1);
  }
  if ((load<u8>(p) | 32) != 101) return p;
  p++;
  if (load<u8>(p) == 43 || load<u8>(p) == 45) p++;
  return isDigit(p) ? digitsEnd(p) : 0;
}

function digitsEnd(p: usize): usize {
  while (isDigit(p)) p++;
  return p;
}
