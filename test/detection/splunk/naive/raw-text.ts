import { starSource } from './compare.ts';

// spec/spl.md §1.5. The escapes of URLs that are major breakers, too, stand first: the longest wins.
const major = String.raw`(?:%2526|%(?:21|26|3B|7C|20|2B|3D|5D|5B|3A|0A|2C|28|29)|--|[\[\]<>(){}|!;,'"*\n\r\s\t&?+])`;
const minor = String.raw`[/:=@.\-$#%\\_]`;
const notMajor = String.raw`[^\[\]<>(){}|!;,'"*\n\r\s\t&?+]*`;

export type RawKind = 'word' | 'phrase' | 'term';

/**
 * Whether a bare word, a quoted phrase or a `TERM(...)` stands in a raw text: it does between breakers, or the ends of
 * the text; a breaker at its own end will do, too. A wildcard at an end needs no breaker there.
 */
export function rawHolds(kind: RawKind, text: string, raw: string, fold: boolean): boolean {
  const [wanted, given] = fold ? [text.toLowerCase(), raw.toLowerCase()] : [text, raw];
  const breaker = fold ? lowered(kind) : breakers(kind);
  const head = wanted.startsWith('*') ? '' : `(?:^|(?<=${breaker})|(?=${breaker}))`;
  const tail = wanted.endsWith('*') ? '' : `(?:$|(?=${breaker})|(?<=${breaker}))`;
  const star = kind === 'phrase' ? '.*' : notMajor;
  return new RegExp(`${head}${starSource(wanted, star)}${tail}`, 's').test(given);
}

const breakers = (kind: RawKind): string => (kind === 'term' ? major : `(?:${major}|${minor})`);

const lowered = (kind: RawKind): string =>
  breakers(kind).replaceAll(/3B|7C|2B|3D|5D|5B|3A|0A|2C/g, (escape) => escape.toLowerCase());
