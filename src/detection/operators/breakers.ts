/** Url-encoded forms that cut a text as the characters do that they stand for. */
const encoded = '21 26 2526 3b 7c 20 2b 3d 2520 5d 5b 3a 0a 2c 28 29'.split(' ');

/** Where Splunk cuts a text into tokens (spec/spl.md §1.5), and where it cuts tokens into smaller ones. */
const major = new RegExp(`[\\][<>(){}|!;,'"* \\n\\r\\t\\v\\f&?+]|--|%(?:${encoded.join('|')})`, 'gi');
const majorEnd = new RegExp(`(?:${major.source})$`, 'i');
const minor = /[/:=@.\-$#%\\_]/;

/** The longest major breaker, in characters. */
const longest = 5;

/** True if a token may begin or end at `at`: an end of the text, or beside a breaker, major or minor. */
export const isTokenBoundary = (text: string, at: number): boolean =>
  minor.test(text.charAt(at - 1)) || minor.test(text.charAt(at)) || isMajorBoundary(text, at);

/** As `isTokenBoundary`, of major breakers alone. */
export const isMajorBoundary = (text: string, at: number): boolean =>
  at <= 0 ||
  at >= text.length ||
  majorEnd.test(text.slice(Math.max(0, at - longest), at)) ||
  text.slice(at, at + longest).search(major) === 0;

/** The first major breaker at or behind `from`: where it begins and ends, `Infinity` if there is none. */
export function nextMajorBreaker(
  text: string,
  from: number,
): { readonly start: number; readonly end: number } {
  major.lastIndex = from;
  const found = major.exec(text);
  if (found === null) return { start: Number.POSITIVE_INFINITY, end: Number.POSITIVE_INFINITY };
  return { start: found.index, end: found.index + found[0].length };
}
