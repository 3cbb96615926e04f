/** A piece of a time format: text that stands for itself, or one of Splunk's variables. */
export type TimePart =
  | { readonly kind: 'text'; readonly text: string }
  /** `letter` with its colons, if any; `digits` is the 3 of `%3N`. `written` is all of it. */
  | {
      readonly kind: 'variable';
      readonly letter: string;
      readonly digits: number | undefined;
      readonly written: string;
    };

/** Variables that are short for several; the locale is that of the US, and the time zone UTC. */
const short: Readonly<Record<string, string>> = {
  '%T': '%H:%M:%S',
  '%X': '%H:%M:%S',
  '%F': '%Y-%m-%d',
  '%x': '%m/%d/%Y',
  '%c': '%a %b %e %H:%M:%S %Y',
  '%+': '%a %b %e %H:%M:%S %Z %Y',
};

/**
 * The pieces of a format of `strftime` and `strptime` (Search Reference, "Date and time format variables"), those that
 * are short for others written out.
 */
export function parseTimeFormat(format: string): readonly TimePart[] {
  const long = format.replaceAll(/%%|%[TXFxc+]/g, (variable) => short[variable] ?? variable);
  return Array.from(
    long.matchAll(/%(\d?)(:{0,3}z|.)|(%|[^%]+)/gsu),
    ([written, digits = '', letter = '', text]) =>
      text === undefined
        ? { kind: 'variable', letter, digits: digits === '' ? undefined : Number(digits), written }
        : { kind: 'text', text },
  );
}

export const monthNames =
  'January February March April May June July August September October November December'.split(' ');
export const dayNames = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
