import { fieldList, leadingCount, limitOf, moreArguments, readArguments, splitAt } from '../arguments.ts';
import type { CommandName, SortField } from '../ast.ts';
import type { CommandBody, CommandOf } from '../command-body.ts';
import type { Cursor } from '../cursor.ts';
import { countOf, Options } from '../options.ts';
import { printName, printNames, printOption, quoted, spaced } from '../print-word.ts';
import { shown } from '../shown.ts';
import { asWord, readName, type Token } from '../token.ts';

/** `dedup [<count>] <field> ... [keepempty=] [consecutive=] [sortby <sort field> ...]` (spec/spl.md §3.8). */
export function parseDedup(cursor: Cursor): CommandBody {
  const known = ['keepempty', 'consecutive'];
  const { words, options } = readArguments(cursor, 'dedup', known, 'sortby');
  const { count, rest } = leadingCount(words);
  const sorted = cursor.takeKeyword('sortby');
  return {
    name: 'dedup',
    count,
    by: fieldList(cursor, rest, 'behind "dedup"'),
    keepEmpty: options.flag('keepempty', false),
    consecutive: options.flag('consecutive', false),
    order: sorted ? parseSortFields(cursor) : [],
  };
}

export const printDedup = (command: CommandOf<'dedup'>): string =>
  spaced(
    command.count?.toString(),
    printNames(command.by),
    printOption('keepempty', command.keepEmpty || undefined),
    printOption('consecutive', command.consecutive || undefined),
    command.order.length > 0 ? 'sortby' : undefined,
    printSortFields(command.order),
  );

/** `sort [<count>] [limit=<count>] [+|-]<field> ...` (spec/spl.md §3.8). */
export function parseSort(cursor: Cursor): CommandBody {
  const options = new Options(cursor, 'sort', ['limit']);
  while (moreArguments(cursor) && options.take());
  const count = takeCount(cursor);
  while (moreArguments(cursor) && options.take());
  return { name: 'sort', limit: limitOf(cursor, count, options), fields: parseSortFields(cursor) };
}

export const printSort = ({ limit, fields }: CommandOf<'sort'>): string =>
  spaced(limit?.toString(), printSortFields(fields));

const digits = /\d+(?=[\s,|]|$)/y;

function takeCount(cursor: Cursor): number | undefined {
  const start = cursor.offset;
  const text = cursor.match(digits)?.[0];
  if (text === undefined) return undefined;
  const span = cursor.spanFrom(start);
  return countOf({ text, span }) ?? cursor.fail(`"${shown(text)}" is too large a count`, 'bad-value', span);
}

function parseSortFields(cursor: Cursor): readonly SortField[] {
  const fields: SortField[] = [];
  while (moreArguments(cursor)) fields.push(parseSortField(cursor, fields.length > 0));
  if (fields.length === 0) cursor.failExpecting('a field to sort by');
  return fields;
}

/** What turns the order around where it is the last word. */
const trailing = /^(?:d|desc)$/i;

const comparisons = ['auto', 'num', 'str', 'ip'] as const;

function parseSortField(cursor: Cursor, follows: boolean): SortField {
  const descending = cursor.take('-');
  const signed = descending || cursor.take('+');
  const word = readName(cursor);
  if (!word.quoted && cursor.char === '(') {
    return { field: parseCompared(cursor), descending, as: comparisonOf(cursor, word) };
  }
  const turns = follows && !signed && !word.quoted && trailing.test(word.text) && cursor.ended();
  if (!turns) return { field: asWord(word), descending, as: 'auto' };
  const message = `"${word.text}" behind the fields is not supported; write "-" before each field to turn around`;
  return cursor.fail(message, 'unsupported-option', word.span);
}

function parseCompared(cursor: Cursor): SortField['field'] {
  cursor.take('(');
  const field = asWord(readName(cursor));
  cursor.expect(')', '")" behind the field');
  return field;
}

function comparisonOf(cursor: Cursor, { text, span }: Token): SortField['as'] {
  const found = comparisons.find((comparison) => comparison === text.toLowerCase());
  const message = `"sort" compares as "auto", "num", "str" or "ip", not as "${shown(text)}"`;
  return found ?? cursor.fail(message, 'bad-value', span);
}

const printSortFields = (fields: readonly SortField[]): string => fields.map(printSortField).join(', ');

function printSortField({ field, descending, as }: SortField): string {
  const name = trailing.test(field.text) ? quoted(field.text) : printName(field);
  return `${descending ? '-' : ''}${as === 'auto' ? name : `${as}(${name})`}`;
}

/** `head [<count>] [limit=<count>]` (spec/spl.md §3.8). */
export function parseHead(cursor: Cursor): CommandBody {
  cursor.skip();
  if (cursor.char === '(') cursor.fail('"head" with a condition is not supported', 'unsupported-option');
  const { words, options } = readArguments(cursor, 'head', ['limit']);
  const { count, rest } = leadingCount(words);
  const [other] = rest;
  if (other !== undefined) {
    cursor.fail(`"head" takes a count, not "${shown(other.text)}"`, 'bad-value', other.span);
  }
  return { name: 'head', count: limitOf(cursor, count, options) };
}

const rankOptions = ['limit', 'countfield', 'percentfield', 'showcount', 'showperc'];

/** `top [<count>] [limit= countfield= percentfield= showcount= showperc=] <field> ... [by <field> ...]`, and `rare`. */
export function parseRank(cursor: Cursor, name: CommandName): CommandBody {
  const { words, options } = readArguments(cursor, name, rankOptions);
  const [before, by] = splitAt(words, 'by');
  const { count, rest } = leadingCount(before);
  return {
    name: name === 'rare' ? 'rare' : 'top',
    limit: limitOf(cursor, count, options),
    fields: fieldList(cursor, rest, `behind "${name}"`),
    by: by === undefined ? [] : fieldList(cursor, by, 'behind "by"'),
    countField: options.word('countfield'),
    percentField: options.word('percentfield'),
    showCount: options.flag('showcount', true),
    showPercent: options.flag('showperc', true),
  };
}

export const printRank = (command: CommandOf<'top' | 'rare'>): string =>
  spaced(
    printOption('limit', command.limit),
    printOption('countfield', command.countField),
    printOption('percentfield', command.percentField),
    printOption('showcount', command.showCount ? undefined : false),
    printOption('showperc', command.showPercent ? undefined : false),
    printNames(command.fields),
    command.by.length > 0 ? `by ${printNames(command.by)}` : undefined,
  );
