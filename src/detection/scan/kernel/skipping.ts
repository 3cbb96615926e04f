import { containerEnd } from './containers';
import { stringEnd } from './strings';

/** Behind the value at `p`, whatever it is; 0 if it does not end before `end`. */
export function valueEnd(p: usize, end: usize): usize {
  const first = load<u8>(p);
  if (first == 34) {
    const quote = stringEnd(p + 1, end);
    return quote == 0 ? 0 : quote + 1;
  }
  if (first == 123 || first == 91) return containerEnd(p + 1, end);
  const behind = scalarEnd(p);
  return behind == p ? 0 : behind;
}

/** Behind a number or a word. A newline ends it, too. */
export function scalarEnd(p: usize): usize {
  while (true) {
    const byte = load<u8>(p);
    if (byte == 44 || byte == 125 || byte == 93 || byte <= 32) return p;
    p++;
  }
}

/** The first byte at or behind `p` that is no white space of JSON. A newline is none: it ends the line. */
export function skipBlanks(p: usize): usize {
  return load<u8>(p) > 32 ? p : skipSeveral(p);
}

function skipSeveral(p: usize): usize {
  while (true) {
    const byte = load<u8>(p);
    if (byte != 32 && byte != 9 && byte != 13) return p;
    p++;
  }
}
