/** What one file does to three lines of a log, in each of which something is to be found. */
export interface Manner {
  readonly what: string;
  /** The bytes of the file; the lines come without their end. */
  readonly write: (lines: readonly string[], end: string) => Buffer;
  /** Of which lines the finding has to come. */
  readonly found: readonly number[];
  /** Lines that have to be counted, malformed ones too. */
  readonly counted: number;
}

const mark = Buffer.from('\ufeff');
const all = { found: [0, 1, 2], counted: 3 };
const none = { found: [], counted: 0 };

const joined = (lines: readonly string[], end: string): Buffer =>
  Buffer.from(lines.map((line) => line + end).join(''));

/** With other bytes in a text of the first line. */
const withAgent =
  (agent: readonly number[] | string): Manner['write'] =>
  (lines, end) => {
    const bytes = joined(lines, end);
    const usual = 'kubelet/v1.34.4';
    const at = bytes.indexOf(usual);
    return Buffer.concat([
      bytes.subarray(0, at),
      typeof agent === 'string' ? Buffer.from(agent) : Buffer.from(agent),
      bytes.subarray(at + usual.length),
    ]);
  };

const utf16 = (lines: readonly string[], end: string): Buffer =>
  Buffer.from(`\ufeff${joined(lines, end).toString()}`, 'utf16le');

/** The ways of spec/reliability.md F9. */
export const manners: readonly Manner[] = [
  { what: 'plain', write: joined, ...all },
  { what: 'a mark at the start', write: (lines, end) => Buffer.concat([mark, joined(lines, end)]), ...all },
  {
    what: 'a mark before the second line',
    write: ([first = '', ...rest], end) => Buffer.concat([joined([first], end), mark, joined(rest, end)]),
    // A line that does not begin with `{` is malformed (design §3).
    found: [0, 2],
    counted: 3,
  },
  {
    what: 'empty lines',
    write: (lines, end) =>
      joined(
        lines.flatMap((line) => ['', line, '  ']),
        end,
      ),
    ...all,
  },
  { what: 'invalid UTF-8 in a text', write: withAgent([0xff, 0xc0, 0x80]), ...all },
  { what: 'a lone surrogate', write: withAgent('\\ud800x'), ...all },
  { what: 'NUL as an escape', write: withAgent('a\\u0000b'), ...all },
  { what: 'U+2028 and U+2029', write: withAgent('a\u2028b\u2029c'), ...all },
  { what: 'control characters as escapes', write: withAgent('\\u000b\\f\\u0085'), ...all },
  { what: 'a NUL byte in a text', write: withAgent([0x61, 0, 0x62]), found: [1, 2], counted: 3 },
  {
    what: 'a last line without its end',
    write: (lines, end) => joined(lines, end).subarray(0, -end.length),
    found: [0, 1],
    counted: 2,
  },
  { what: 'UTF-16, little end first', write: utf16, ...none },
  { what: 'UTF-16, big end first', write: (lines, end) => utf16(lines, end).swap16(), ...none },
];
