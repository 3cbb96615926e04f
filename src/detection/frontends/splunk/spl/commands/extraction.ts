import { moreArguments, onlyField, readArguments, renamedFields } from '../arguments.ts';
import type { Word } from '../ast.ts';
import type { CommandBody, CommandOf } from '../command-body.ts';
import type { Cursor } from '../cursor.ts';
import { Options } from '../options.ts';
import { printName, printOption, printPattern, printRenamed, spaced } from '../print-word.ts';
import { shown } from '../shown.ts';
import { asWord, isKeyword } from '../token.ts';
import { readPattern } from './conditions.ts';

/** `rex [field=<field>] [mode=sed] [max_match=<count>] "<pattern>"` (spec/spl.md §3.5). */
export function parseRex(cursor: Cursor): CommandBody {
  const options = new Options(cursor, 'rex', ['field', 'mode', 'max_match']);
  let pattern: Word | undefined;
  while (moreArguments(cursor)) {
    if (options.take()) continue;
    if (pattern !== undefined) cursor.fail('"rex" takes one pattern only');
    pattern = readPattern(cursor);
  }
  if (pattern === undefined) return cursor.failExpecting('a pattern in double quotes');
  return {
    name: 'rex',
    field: options.word('field'),
    mode: options.choice('mode', ['sed']) ?? 'match',
    pattern,
    maxMatch: options.count('max_match'),
  };
}

export const printRex = ({ field, mode, maxMatch, pattern }: CommandOf<'rex'>): string =>
  spaced(
    printOption('field', field),
    mode === 'sed' ? 'mode=sed' : undefined,
    printOption('max_match', maxMatch),
    printPattern(pattern),
  );

/** `spath [input=<field>] [output=<field>] [path=<path> | <path>]` (spec/spl.md §2). */
export function parseSpath(cursor: Cursor): CommandBody {
  const { words, options } = readArguments(cursor, 'spath', ['input', 'output', 'path']);
  const named = options.word('path');
  const [first, second] = words;
  const extra = named === undefined ? second : first;
  if (extra !== undefined) cursor.fail('"spath" takes one path only', 'syntax', extra.span);
  const path = first === undefined ? named : asWord(first);
  return { name: 'spath', input: options.word('input'), path, output: options.word('output') };
}

export const printSpath = ({ input, output, path }: CommandOf<'spath'>): string =>
  spaced(printOption('input', input), printOption('output', output), printOption('path', path));

/** `iplocation [prefix=<text>] [allfields=<flag>] <field>` (spec/spl.md §3.6). */
export function parseIplocation(cursor: Cursor): CommandBody {
  const { words, options } = readArguments(cursor, 'iplocation', ['prefix', 'allfields']);
  return {
    name: 'iplocation',
    field: onlyField(cursor, words, 'iplocation'),
    prefix: options.word('prefix'),
    allFields: options.flag('allfields', false),
  };
}

export const printIplocation = ({ prefix, allFields, field }: CommandOf<'iplocation'>): string =>
  spaced(printOption('prefix', prefix), printOption('allfields', allFields || undefined), printName(field));

/** `lookup <table> <field> [as <event field>] ... [OUTPUT|OUTPUTNEW <field> [as <name>] ...]` (spec/spl.md §3.7). */
export function parseLookup(cursor: Cursor): CommandBody {
  const [table, ...rest] = readArguments(cursor, 'lookup').words;
  if (table === undefined) return cursor.failExpecting('the name of a lookup');
  const at = rest.findIndex((word) => isKeyword(word, 'output') || isKeyword(word, 'outputnew'));
  const keyword = rest[at];
  const match = keyword === undefined ? rest : rest.slice(0, at);
  if (match.length === 0) cursor.failExpecting(`a field of the lookup "${shown(table.text)}" to match`);
  const fields = { name: 'lookup', table: asWord(table), match: renamedFields(cursor, match) } as const;
  if (keyword === undefined) return { ...fields, output: 'all', outputs: [] };
  const outputs = renamedFields(cursor, rest.slice(at + 1));
  if (outputs.length === 0) cursor.failExpecting(`a field of the lookup "${shown(table.text)}"`);
  return { ...fields, output: isKeyword(keyword, 'output') ? 'output' : 'outputnew', outputs };
}

export const printLookup = ({ table, match, output, outputs }: CommandOf<'lookup'>): string =>
  spaced(
    printName(table),
    ...match.map(({ field, as }) => printRenamed(field, as)),
    output === 'all' ? undefined : output.toUpperCase(),
    ...outputs.map(({ field, as }) => printRenamed(field, as)),
  );
