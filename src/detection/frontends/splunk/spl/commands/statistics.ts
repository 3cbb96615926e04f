import { fieldOf, moreArguments, takeAs } from '../arguments.ts';
import type { CommandName, StatisticCall, Word } from '../ast.ts';
import type { CommandBody, CommandOf } from '../command-body.ts';
import type { Cursor } from '../cursor.ts';
import { Options } from '../options.ts';
import { parseEvaluation } from '../parse-evaluation.ts';
import { printEvaluation } from '../print-evaluation.ts';
import { printName, printOption, spaced } from '../print-word.ts';
import { shown } from '../shown.ts';
import { asWord, isKeyword, readName, readValue } from '../token.ts';

type Stats = CommandOf<'stats' | 'eventstats'>;
type ByField = Stats['by'][number];

/** `stats <function>(<field>) [as <name>] ... [by <field> ...] [dedup_splitvals=<flag>]` (spec/spl.md §3.2). */
export function parseStats(cursor: Cursor, command: CommandName): CommandBody {
  const name = command === 'eventstats' ? 'eventstats' : 'stats';
  const options = new Options(cursor, name, name === 'stats' ? ['dedup_splitvals'] : []);
  const statistics: StatisticCall[] = [];
  let by: readonly ByField[] = [];
  while (moreArguments(cursor)) {
    if (options.take()) continue;
    if (cursor.takeKeyword('by')) {
      by = parseBy(cursor, options);
      break;
    }
    statistics.push(parseStatistic(cursor, name));
  }
  if (statistics.length === 0) cursor.failExpecting(`a function behind "${name}", such as "count"`);
  return { name, statistics, by, dedupSplitvals: options.flag('dedup_splitvals', false) };
}

const span = /span[ \t\r\n\f\v]*=/iy;

function parseBy(cursor: Cursor, options: Options): readonly ByField[] {
  const fields: ByField[] = [];
  while (moreArguments(cursor)) {
    const last = fields.at(-1);
    if (last !== undefined && last.span === undefined && cursor.match(span) !== undefined) {
      fields[fields.length - 1] = { ...last, span: asWord(readValue(cursor)) };
    } else if (!options.take()) {
      fields.push({ field: fieldOf(cursor, readName(cursor)), span: undefined });
    }
  }
  if (fields.length === 0) cursor.failExpecting('a field behind "by"');
  return fields;
}

const functionName = /[A-Za-z_]\w*/y;
/** The functions that may stand without an argument. */
const alone: ReadonlySet<string> = new Set(['count', 'c']);

function parseStatistic(cursor: Cursor, command: string): StatisticCall {
  const start = cursor.offset;
  const written = cursor.match(functionName)?.[0];
  if (written === undefined) {
    return cursor.failExpecting(`a function of "${command}", such as "count" or "values(field)"`);
  }
  const name = { text: written.toLowerCase(), span: cursor.spanFrom(start) };
  cursor.skip();
  const argument = cursor.take('(') ? parseArgument(cursor) : undefined;
  if (argument === undefined && !alone.has(name.text)) {
    cursor.fail(
      `"${shown(written)}" needs a field in parentheses, "values(field)" for instance`,
      'syntax',
      name.span,
    );
  }
  const end = argument === undefined ? name.span.end : cursor.offset;
  const as = takeAs(cursor);
  return { name, argument, as, span: { start, end: as?.span.end ?? end } };
}

const evaluated = /eval[ \t\r\n\f\v]*\(/iy;

/** What stands in the parentheses of a function, which is closed; undefined if there is nothing. */
function parseArgument(cursor: Cursor): StatisticCall['argument'] {
  cursor.skip();
  if (cursor.take(')')) return undefined;
  if (cursor.match(evaluated) !== undefined) {
    const value = parseEvaluation(cursor);
    cursor.expect(')', 'the ")" of "eval("');
    cursor.expect(')', '")" behind "eval(...)"');
    return { kind: 'eval', value };
  }
  const field = asWord(readName(cursor));
  cursor.expect(')', '")" behind the field');
  return { kind: 'field', field };
}

export const printStats = ({ statistics, by, dedupSplitvals }: Stats): string =>
  spaced(
    statistics.map(printStatistic).join(' '),
    by.length > 0 ? 'by' : undefined,
    by.map(({ field, span }) => spaced(printName(field), printOption('span', span))).join(' '),
    printOption('dedup_splitvals', dedupSplitvals || undefined),
  );

function printStatistic({ name, argument, as }: StatisticCall): string {
  const call = argument === undefined ? name.text : `${name.text}(${printArgument(argument)})`;
  return as === undefined ? call : `${call} as ${printName(as)}`;
}

const printArgument = (argument: NonNullable<StatisticCall['argument']>): string =>
  argument.kind === 'field' ? printName(argument.field) : `eval(${printEvaluation(argument.value)})`;

/** `convert [timeformat=<text>] <function>(<field>) [as <name>] ...`. */
export function parseConvert(cursor: Cursor): CommandBody {
  const options = new Options(cursor, 'convert', ['timeformat']);
  const conversions: { function: Word; field: Word; as: Word | undefined }[] = [];
  while (moreArguments(cursor)) {
    if (options.take()) continue;
    const word = readName(cursor);
    if (isKeyword(word, 'as')) cursor.fail('a function is expected before "as"', 'syntax', word.span);
    cursor.expect('(', `"(" behind the function "${shown(word.text)}"`);
    const field = asWord(readName(cursor));
    cursor.expect(')', '")" behind the field');
    conversions.push({
      function: { text: word.text.toLowerCase(), span: word.span },
      field,
      as: takeAs(cursor),
    });
  }
  if (conversions.length === 0) cursor.failExpecting('a function behind "convert", such as "ctime(field)"');
  return { name: 'convert', timeFormat: options.word('timeformat'), conversions };
}

export const printConvert = ({ timeFormat, conversions }: CommandOf<'convert'>): string =>
  spaced(
    printOption('timeformat', timeFormat),
    ...conversions.map(({ function: name, field, as }) =>
      spaced(`${name.text}(${printName(field)})`, as === undefined ? undefined : `as ${printName(as)}`),
    ),
  );
