import { isObject } from './grammar';
import { lineEnd } from './newlines';
import { clearBackslash, sawBackslash, stringEnd } from './strings';
import { equalBytes } from './values';
import { skipBlanks, valueEnd } from './skipping';

/** Length of the text that `topLevelText` found. */
export let textLength: u32 = 0;

/** True if the line that begins at `start` is one JSON object; false also of one that is very deep (`isObject`). */
export function isEvent(start: usize): bool {
  return isObject(start, lineEnd(start));
}

/**
 * Address of the text that the key `name` of the event at `start` has, if that can be seen at a glance: no key before
 * it holds an escape, its value is a string without one. Else 0. Only of a valid event is it certain.
 */
export function topLevelText(start: usize, name: usize, length: usize): usize {
  const end = lineEnd(start);
  const opening = skipBlanks(start);
  if (load<u8>(opening) != 123) return 0;
  let p = skipBlanks(opening + 1);
  while (load<u8>(p) == 34) {
    clearBackslash();
    const quote = stringEnd(p + 1, end);
    if (quote == 0 || sawBackslash) return 0;
    const wanted = quote - p - 1 == length && equalBytes(p + 1, name, length);
    p = skipBlanks(quote + 1);
    if (load<u8>(p) != 58) return 0;
    p = skipBlanks(p + 1);
    if (wanted) return plainText(p, end);
    const behind = valueEnd(p, end);
    if (behind == 0) return 0;
    p = skipBlanks(behind);
    if (load<u8>(p) == 44) p = skipBlanks(p + 1);
  }
  return 0;
}

function plainText(p: usize, end: usize): usize {
  if (load<u8>(p) != 34) return 0;
  clearBackslash();
  const quote = stringEnd(p + 1, end);
  textLength = u32(quote - p - 1);
  return quote == 0 || sawBackslash ? 0 : p + 1;
}
