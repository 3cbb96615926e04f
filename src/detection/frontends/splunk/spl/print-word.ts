import type { Word } from './ast.ts';
import { escape } from './escapes.ts';

const plainName = /^[A-Za-z_*][\w.{}*/:@-]*$/;
const plainValue = /^[\w.{}*/:@%+-]+$/;
/** Words that mean something else where a name may stand. */
const keyword = /^(?:as|by|output|outputnew|sortby)$/i;

/** A name as a command reads it back, in double quotes only if it needs them. */
export const printName = ({ text }: Word): string =>
  plainName.test(text) && !keyword.test(text) ? text : quoted(text);

export const printNames = (names: readonly Word[]): string => names.map(printName).join(' ');

/** `a as b`, or `a` alone. */
export const printRenamed = (field: Word, as: Word | undefined): string =>
  as === undefined ? printName(field) : `${printName(field)} as ${printName(as)}`;

/** `name=value`; undefined if there is no value. */
export function printOption(name: string, value: Word | number | boolean | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'object') return `${name}=${value}`;
  return `${name}=${plainValue.test(value.text) ? value.text : quoted(value.text)}`;
}

/** A regular expression in double quotes. */
export const printPattern = ({ text }: Word): string => `"${escape(text, 'pattern')}"`;

export const quoted = (text: string): string => `"${escape(text, 'word')}"`;

/** Joins what there is by spaces. */
export const spaced = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join(' ');
