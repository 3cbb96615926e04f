/**
 * Behind the quoted text that begins at `start` with a quote of either kind; undefined if nothing closes it. A
 * backslash before such a quote or before a backslash takes their meaning away.
 */
export function behindQuoted(text: string, start: number): number | undefined {
  const quote = text[start];
  let at = start + 1;
  while (at < text.length) {
    const char = text[at];
    if (char === quote) return at + 1;
    const next = text[at + 1];
    at += char === '\\' && (next === quote || next === '\\') ? 2 : 1;
  }
  return undefined;
}
