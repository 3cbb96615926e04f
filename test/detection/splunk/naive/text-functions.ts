import { createHash } from 'node:crypto';
import { JsonNumber, JsonObject, parseJson, type Json } from '../../../../src/record/json.ts';
import { fromTexts, numberOf, textOf, type Value } from './value.ts';
import { toJsonText } from './json-text.ts';
import type { NaiveFunction } from './naive-function.ts';
import { formatted } from './printf.ts';
import { replaced } from './replaced.ts';
import { pathValues } from './spath.ts';
import { Undecided } from './table.ts';

/** A function of texts: null if any of them is null. */
const onTexts =
  (run: (...texts: readonly string[]) => Value): NaiveFunction =>
  (args) =>
    args.includes(null) ? null : run(...args.map(textOf));

const hash = (algorithm: string): NaiveFunction =>
  onTexts((text = '') => createHash(algorithm).update(text).digest('hex'));

function trimmed(text: string, left: boolean, right: boolean, characters = ' \t'): string {
  const chars = Array.from(text);
  let from = 0;
  let to = chars.length;
  while (left && from < to && characters.includes(chars[from] ?? '')) from++;
  while (right && to > from && characters.includes(chars[to - 1] ?? '')) to--;
  return chars.slice(from, to).join('');
}

/** Functions that make a text of texts. */
export const textFunctions: Readonly<Record<string, NaiveFunction>> = {
  lower: onTexts((text = '') => text.toLowerCase()),
  upper: onTexts((text = '') => text.toUpperCase()),
  len: onTexts((text = '') => Array.from(text).length),
  trim: onTexts((text = '', chars) => trimmed(text, true, true, chars)),
  ltrim: onTexts((text = '', chars) => trimmed(text, true, false, chars)),
  rtrim: onTexts((text = '', chars) => trimmed(text, false, true, chars)),
  md5: hash('md5'),
  sha1: hash('sha1'),
  sha256: hash('sha256'),
  urldecode: onTexts((text = '') => {
    try {
      return decodeURIComponent(text.replaceAll('+', ' '));
    } catch {
      throw new Undecided('a broken percent escape');
    }
  }),
  substr: ([text = null, start = null, length]) => {
    const from = numberOf(start);
    const count = length === undefined ? Number.POSITIVE_INFINITY : numberOf(length);
    if (text === null || from === null || count === null) return null;
    if (from === 0 || count < 0) throw new Undecided('substr from 0, or of a negative length');
    const chars = Array.from(textOf(text));
    const begin = from > 0 ? from - 1 : Math.max(0, chars.length + from);
    return chars.slice(begin, begin + count).join('');
  },
  replace: onTexts((text = '', pattern = '', replacement = '') => replaced(text, pattern, replacement, true)),
  split: onTexts((text = '', delimiter = '') => {
    if (delimiter === '' || text === '') throw new Undecided('split of or by nothing');
    return fromTexts(text.split(delimiter));
  }),
  tostring: ([value = null, format]) => {
    if (value === null) throw new Undecided('tostring of null');
    if (format === undefined) return typeof value === 'boolean' ? (value ? 'True' : 'False') : textOf(value);
    const number = numberOf(value);
    if (number === null) throw new Undecided('tostring of a text with a format');
    return numberText(number, textOf(format));
  },
  printf: ([format = null, ...values]) => {
    if (format === null || values.includes(null)) throw new Undecided('printf of null');
    return formatted(textOf(format), values);
  },
  json_extract: ([json = null, ...paths]) => {
    if (json === null || paths.includes(null)) return null;
    const parsed = parseJson(textOf(json));
    if (!(parsed instanceof JsonObject) || paths.length !== 1)
      throw new Undecided('json_extract of other than one path');
    const found = pathValues(parsed, textOf(paths[0] ?? null));
    if (found.length > 1) throw new Undecided('json_extract of several values');
    const [only] = found;
    return only === undefined ? null : scalarOrJson(only);
  },
};

const scalarOrJson = (value: Json): Value => {
  if (value === null) throw new Undecided('json_extract of null');
  if (typeof value === 'object') return value instanceof JsonNumber ? value.text : toJsonText(value);
  return String(value);
};

function numberText(number: number, format: string): string {
  switch (format) {
    case 'hex':
      if (!Number.isInteger(number) || number < 0) throw new Undecided('an odd hexadecimal number');
      return `0x${number.toString(16).toUpperCase()}`;
    case 'commas': {
      const text = Number.isInteger(number) ? String(number) : number.toFixed(2);
      return text.replaceAll(/\B(?=(?:\d{3})+(?!\d))(?<!\.\d*)/g, ',');
    }
    case 'duration': {
      if (!Number.isInteger(number) || number < 0 || number >= 86_400) throw new Undecided('an odd duration');
      return new Date(number * 1_000).toISOString().slice(11, 19);
    }
    default:
      throw new Undecided(`tostring as ${format}`);
  }
}
