import type { Time } from '../../../record/time.ts';
import { timeSaid, type Said } from './said-time.ts';
import { dayNames, monthNames, type TimePart } from './time-format.ts';

/**
 * The time that a text names by a format; undefined if the text does not follow it, or names no day there is. UTC
 * unless the text says otherwise. What the format leaves out is of `now`: the year of a day without one, the day of a
 * time of day. Blanks in the format are any blanks, names may be short and in any case, and what follows in the text
 * does not matter.
 */
export function readTime(text: string, format: readonly TimePart[], now: Time): Time | undefined {
  const said: Said = {};
  let at = 0;
  for (const part of format) {
    if (part.kind === 'text') {
      const end = endOfText(text, at, part.text);
      if (end === undefined) return undefined;
      at = end;
    } else {
      const read = readVariable(text, at, part.letter);
      if (read === undefined) return undefined;
      Object.assign(said, read.said);
      at = read.end;
    }
  }
  return timeSaid(said, now);
}

function endOfText(text: string, from: number, wanted: string): number | undefined {
  let at = from;
  for (const piece of wanted.split(/(\s+)/)) {
    if (/^\s/.test(piece)) while (/\s/.test(text.charAt(at))) at++;
    else if (text.startsWith(piece, at)) at += piece.length;
    else return undefined;
  }
  return at;
}

function readVariable(text: string, at: number, letter: string) {
  const variable = variables.get(letter);
  if (variable === undefined) return undefined;
  variable.pattern.lastIndex = at;
  const [whole, ...groups] = variable.pattern.exec(text) ?? [];
  if (whole === undefined) return undefined;
  return { said: variable.said(groups), end: at + whole.length };
}

interface Variable {
  /** Matches where it is told to begin, in any letter case. */
  readonly pattern: RegExp;
  /** Of the groups of the pattern. */
  readonly said: (groups: readonly (string | undefined)[]) => Said;
}

function number(pattern: RegExp, said: (value: number) => Said): Variable {
  return { pattern, said: ([digits]) => said(Number(digits)) };
}

/** `names` in full or their first three letters. */
function name(names: readonly string[], said: (index: number) => Said): Variable {
  const short = names.map((each) => each.slice(0, 3).toLowerCase());
  return {
    pattern: new RegExp(`(${[...names, ...short].join('|')})`, 'iy'),
    said: ([found = '']) => said(short.indexOf(found.slice(0, 3).toLowerCase())),
  };
}

const two = /\s*(\d{1,2})/iy;
const nanoseconds: Variable = {
  pattern: /(\d+)/iy,
  said: ([digits = '']) => ({ nanoseconds: BigInt(digits.slice(0, 9).padEnd(9, '0')) }),
};
const zone: Variable = {
  pattern: /(z)|([+-])(\d{2}):?(\d{2})?(?::?(\d{2}))?/iy,
  said: ([zulu, sign, hours = '0', minutes = '0', seconds = '0']) => {
    const size = Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
    return { zone: zulu !== undefined ? 0 : sign === '-' ? -size : size };
  },
};
const month = name(monthNames, (index) => ({ month: index + 1 }));
const weekday = name(dayNames, () => ({}));
const dayOfMonth = number(two, (day) => ({ day }));
const hour = number(two, (hour) => ({ hour }));

const variables: ReadonlyMap<string, Variable> = new Map([
  ['Y', number(/(\d{4})/iy, (year) => ({ year }))],
  // POSIX: 69 to 99 are of the twentieth century.
  ['y', number(/(\d{2})/iy, (year) => ({ year: year + (year < 69 ? 2_000 : 1_900) }))],
  ['m', number(two, (month) => ({ month }))],
  ['b', month],
  ['B', month],
  ['d', dayOfMonth],
  ['e', dayOfMonth],
  ['j', number(/(\d{1,3})/iy, (dayOfYear) => ({ dayOfYear }))],
  ['a', weekday],
  ['A', weekday],
  ['w', number(/(\d)/iy, () => ({}))],
  ['H', hour],
  ['k', hour],
  ['I', number(two, (hourOf12) => ({ hourOf12 }))],
  ['p', { pattern: /([ap])\.?m\.?/iy, said: ([half = '']) => ({ afternoon: half.toLowerCase() === 'p' }) }],
  ['M', number(two, (minute) => ({ minute }))],
  ['S', number(two, (second) => ({ second }))],
  ['N', nanoseconds],
  ['Q', nanoseconds],
  ['f', nanoseconds],
  ['s', { pattern: /(-?\d{1,12})/iy, said: ([digits = '']) => ({ epoch: BigInt(digits) }) }],
  ['z', zone],
  [':z', zone],
  ['::z', zone],
  [':::z', zone],
  ['Z', { pattern: /(?:utc|gmt|z)(?![a-z])/iy, said: () => ({ zone: 0 }) }],
  ['%', { pattern: /%/iy, said: () => ({}) }],
]);
