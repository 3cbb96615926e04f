import { ascii, isJsonBlank, isOfString, tableOf } from './json-bytes.ts';

/** Where the containers of a JSON text end: the objects and arrays, numbered in the order in which they open. */
export interface JsonStructure {
  /** By number: the offset behind the container's end. */
  readonly ends: readonly number[];
  /** By number: the number of the next container that does not lie in this one. */
  readonly after: readonly number[];
  /** Of each long string: the offset of its closing quote, by that of the opening one. */
  readonly quotes: ReadonlyMap<number, number>;
}

// What functions answer instead of an offset where the text is broken: no text goes on from there.
const broken = -1;
/** No container. */
const none = -1;
/** A string of more units, such as an event in a record, may have so many escaped quotes that none is looked at twice. */
const longString = 256;

/** Of nearly all texts. */
const noQuotes = new Map<number, number>();

const u = 117;
const isSimpleEscape = tableOf((unit) => '"\\/bfnrt'.includes(String.fromCharCode(unit)));

/**
 * The structure of one JSON text (RFC 8259), of any depth; undefined if it is not valid JSON. `units` has a byte for each
 * code unit: itself if it is ASCII, else any other byte from 128 on. Never throws, and needs no stack: an event may be
 * nested 9,000 deep (spec/k8s-audit.md §12.2).
 */
export function structureOf(units: Uint8Array): JsonStructure | undefined {
  // Of a container that is open, what closes it and the number of the one around it.
  const ends: number[] = [];
  const after: number[] = [];
  let quotes = noQuotes;
  let innermost = none;
  let at = behindBlanks(units, 0);
  do {
    const unit = units[at] ?? 0;
    if (unit === 123 || unit === 91) {
      // Of both kinds of bracket the closing one stands two behind the opening one in ASCII.
      const closer = unit + 2;
      after.push(innermost);
      innermost = ends.push(closer) - 1;
      at = behindBlanks(units, at + 1);
      if (units[at] !== closer) {
        if (unit === 123) at = behindKey(units, at);
        continue;
      }
    } else {
      const end = behindScalar(units, at, unit);
      if (end - at > longString) {
        if (quotes === noQuotes) quotes = new Map();
        quotes.set(at, end - 1);
      }
      at = behindBlanks(units, end);
    }
    // A value is complete: on to the next one, or behind the containers that it completes.
    while (innermost !== none) {
      const closer = ends[innermost];
      if (units[at] === 44) {
        at = behindBlanks(units, at + 1);
        if (closer === 125) at = behindKey(units, at);
        break;
      }
      if (units[at] !== closer) return undefined;
      const around = after[innermost] ?? none;
      ends[innermost] = at + 1;
      after[innermost] = ends.length;
      innermost = around;
      at = behindBlanks(units, at + 1);
    }
  } while (at !== broken && innermost !== none);
  return at === units.length ? { ends, after, quotes } : undefined;
}

/** The offset of the value behind a key and its colon. */
function behindKey(units: Uint8Array, from: number): number {
  if (units[from] !== 34) return broken;
  const at = behindBlanks(units, behindString(units, from));
  return units[at] === 58 ? behindBlanks(units, at + 1) : broken;
}

function behindScalar(units: Uint8Array, at: number, unit: number): number {
  switch (unit) {
    case 34:
      return behindString(units, at);
    case 116:
      return behindWord(units, at, 'true');
    case 102:
      return behindWord(units, at, 'false');
    case 110:
      return behindWord(units, at, 'null');
    default:
      return behindNumber(units, at);
  }
}

function behindString(units: Uint8Array, from: number): number {
  for (let at = from + 1; ; at++) {
    while (isOfString[units[at] ?? 0] === 1) at++;
    if (units[at] === ascii.quote) return at + 1;
    // Else a control character, or the end.
    at = units[at] === ascii.backslash ? lastOfEscape(units, at + 1) : broken;
    if (at === broken) return broken;
  }
}

/** The offset of the last character of an escape; `at` is that of the one behind the backslash. */
function lastOfEscape(units: Uint8Array, at: number): number {
  const unit = units[at] ?? 0;
  if (unit !== u) return isSimpleEscape[unit] === 1 ? at : broken;
  for (let digit = at + 1; digit <= at + 4; digit++) {
    if (!isHexDigit(units[digit] ?? 0)) return broken;
  }
  return at + 4;
}

function behindWord(units: Uint8Array, from: number, word: string): number {
  for (let index = 0; index < word.length; index++) {
    if (units[from + index] !== word.charCodeAt(index)) return broken;
  }
  return from + word.length;
}

function behindNumber(units: Uint8Array, from: number): number {
  let at = units[from] === 45 ? from + 1 : from;
  at = units[at] === 48 ? at + 1 : behindDigits(units, at);
  if (units[at] === 46) at = behindDigits(units, at + 1);
  const unit = units[at];
  if (unit !== 101 && unit !== 69) return at;
  const sign = units[at + 1];
  return behindDigits(units, sign === 43 || sign === 45 ? at + 2 : at + 1);
}

/** At least one. */
function behindDigits(units: Uint8Array, from: number): number {
  let at = from;
  while (isDigit(units[at] ?? 0)) at++;
  return at === from ? broken : at;
}

function behindBlanks(units: Uint8Array, from: number): number {
  let at = from;
  while (isJsonBlank(units[at] ?? 0)) at++;
  return at;
}

const isDigit = (unit: number): boolean => unit >= 48 && unit <= 57;

const isHexDigit = (unit: number): boolean =>
  isDigit(unit) || (unit >= 65 && unit <= 70) || (unit >= 97 && unit <= 102);
