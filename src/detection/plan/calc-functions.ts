/** What a function of `Calc` takes, and what it is, for documentation and messages. */
export interface CalcFunction {
  /** Number of arguments, from and to. */
  readonly least: number;
  readonly most: number;
  /** How it is written, as documentation shows it. */
  readonly usage: string;
}

const any = Number.POSITIVE_INFINITY;
const fn = (least: number, most: number, usage: string): CalcFunction => ({ least, most, usage });

/** Every function by the name that Splunk gives it (spec/spl.md §3.3); operators by their sign or word. */
export const calcFunctions = {
  '+': fn(2, 2, 'a + b'),
  '-': fn(2, 2, 'a - b'),
  '*': fn(2, 2, 'a * b'),
  '/': fn(2, 2, 'a / b'),
  '%': fn(2, 2, 'a % b'),
  '.': fn(2, 2, 'a . b'),
  negative: fn(1, 1, '-a'),
  '=': fn(2, 2, 'a = b'),
  '!=': fn(2, 2, 'a != b'),
  '<': fn(2, 2, 'a < b'),
  '<=': fn(2, 2, 'a <= b'),
  '>': fn(2, 2, 'a > b'),
  '>=': fn(2, 2, 'a >= b'),
  and: fn(2, any, 'a AND b'),
  or: fn(2, any, 'a OR b'),
  xor: fn(2, 2, 'a XOR b'),
  not: fn(1, 1, 'NOT a'),
  if: fn(3, 3, 'if(condition, then, else)'),
  case: fn(2, any, 'case(condition, value, ...)'),
  coalesce: fn(1, any, 'coalesce(value, ...)'),
  match: fn(2, 2, 'match(text, regex)'),
  like: fn(2, 2, 'like(text, pattern)'),
  in: fn(2, any, 'in(value, candidate, ...)'),
  cidrmatch: fn(2, 2, 'cidrmatch(network, address)'),
  isnull: fn(1, 1, 'isnull(value)'),
  isnotnull: fn(1, 1, 'isnotnull(value)'),
  null: fn(0, 0, 'null()'),
  true: fn(0, 0, 'true()'),
  false: fn(0, 0, 'false()'),
  lower: fn(1, 1, 'lower(text)'),
  upper: fn(1, 1, 'upper(text)'),
  len: fn(1, 1, 'len(text)'),
  substr: fn(2, 3, 'substr(text, start, length)'),
  replace: fn(3, 3, 'replace(text, regex, replacement)'),
  split: fn(2, 2, 'split(text, delimiter)'),
  mvcount: fn(1, 1, 'mvcount(values)'),
  mvindex: fn(2, 3, 'mvindex(values, start, end)'),
  mvjoin: fn(2, 2, 'mvjoin(values, delimiter)'),
  mvfilter: fn(1, 1, 'mvfilter(condition)'),
  mvappend: fn(1, any, 'mvappend(values, ...)'),
  mvdedup: fn(1, 1, 'mvdedup(values)'),
  tonumber: fn(1, 2, 'tonumber(text, base)'),
  tostring: fn(1, 2, 'tostring(value, format)'),
  strftime: fn(2, 2, 'strftime(time, format)'),
  strptime: fn(2, 2, 'strptime(text, format)'),
  now: fn(0, 0, 'now()'),
  relative_time: fn(2, 2, 'relative_time(time, modifier)'),
  round: fn(1, 2, 'round(number, digits)'),
  floor: fn(1, 1, 'floor(number)'),
  ceiling: fn(1, 1, 'ceiling(number)'),
  abs: fn(1, 1, 'abs(number)'),
  min: fn(1, any, 'min(value, ...)'),
  max: fn(1, any, 'max(value, ...)'),
  urldecode: fn(1, 1, 'urldecode(text)'),
  json_extract: fn(1, any, 'json_extract(json, path, ...)'),
  md5: fn(1, 1, 'md5(text)'),
  sha1: fn(1, 1, 'sha1(text)'),
  sha256: fn(1, 1, 'sha256(text)'),
  printf: fn(1, any, 'printf(format, value, ...)'),
  trim: fn(1, 2, 'trim(text, characters)'),
  ltrim: fn(1, 2, 'ltrim(text, characters)'),
  rtrim: fn(1, 2, 'rtrim(text, characters)'),
  typeof: fn(1, 1, 'typeof(value)'),
} as const satisfies Readonly<Record<string, CalcFunction>>;

export type CalcName = keyof typeof calcFunctions;

/** True if there is a function or operator of that name. */
export const isCalcName = (name: string): name is CalcName => Object.hasOwn(calcFunctions, name);
