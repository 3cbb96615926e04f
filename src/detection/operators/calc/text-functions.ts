import type { CalcBuilder } from './calc-builder.ts';
import { onValues } from './calc-builder.ts';
import type { CalcValue } from './calc-value.ts';
import { numberIn, textIn } from './conversions.ts';
import { eachText } from './each-text.ts';

/**
 * Functions of a text; a number is the text it prints as. They count in code points. Of several texts each is done by
 * itself, but `len` is null, as Splunk's does not take several.
 */
export const textFunctions = {
  lower: eachText((text) => text.toLowerCase()),
  upper: eachText((text) => text.toUpperCase()),
  len: onValues(([value]) => {
    const text = textIn(value);
    return text === undefined ? null : lengthOf(text);
  }),
  substr: eachText(substring),
  trim: eachText((text, [characters]) => trimmed(text, characters, { left: true, right: true })),
  ltrim: eachText((text, [characters]) => trimmed(text, characters, { left: true, right: false })),
  rtrim: eachText((text, [characters]) => trimmed(text, characters, { left: false, right: true })),
  urldecode: eachText(decoded),
} as const satisfies Readonly<Record<string, CalcBuilder>>;

const surrogates = /[\ud800-\udfff]/;

const lengthOf = (text: string): number => (surrogates.test(text) ? Array.from(text).length : text.length);

/**
 * From a place that counts from 1, or below zero from the end; 0 is 1, and a place before the text its beginning. Of no
 * characters it is the empty text.
 */
function substring(text: string, [start = null, length]: readonly CalcValue[]): string | null {
  const place = numberIn(start);
  const count = length === undefined ? Number.POSITIVE_INFINITY : numberIn(length);
  if (place === undefined || count === undefined) return null;
  const characters = surrogates.test(text) ? Array.from(text) : text;
  const from =
    place < 0 ? Math.max(0, characters.length + Math.trunc(place)) : Math.max(0, Math.trunc(place) - 1);
  const found = characters.slice(from, from + Math.max(0, Math.trunc(count)));
  return typeof found === 'string' ? found : found.join('');
}

/** Without the characters at its ends that are among `characters`: spaces and tabs if that is left out. */
function trimmed(
  text: string,
  characters: CalcValue | undefined,
  sides: { readonly left: boolean; readonly right: boolean },
): string | null {
  const given = characters === undefined ? ' \t' : textIn(characters);
  if (given === undefined) return null;
  const unwanted = new Set(given);
  let start = 0;
  let end = text.length;
  while (sides.left && start < end) {
    const width = widthOf(text.codePointAt(start));
    if (!unwanted.has(text.slice(start, start + width))) break;
    start += width;
  }
  while (sides.right && start < end) {
    const width = widthOf(text.codePointAt(end - 2));
    if (!unwanted.has(text.slice(end - width, end))) break;
    end -= width;
  }
  return text.slice(start, end);
}

/** UTF-16 code units of a code point. */
const widthOf = (codePoint: number | undefined): number => ((codePoint ?? 0) > 0xffff ? 2 : 1);

/** `%2F` and the like decoded, as UTF-8; what is no such form stays, and so does `+`. */
function decoded(text: string): string {
  return text.replaceAll(/(?:%[\da-f]{2})+/gi, (bytes) =>
    Buffer.from(bytes.replaceAll('%', ''), 'hex').toString(),
  );
}
