import type { Evaluation, Word } from '../ast.ts';
import { character } from '../character.ts';
import type { CommandBody, CommandOf } from '../command-body.ts';
import type { Cursor } from '../cursor.ts';
import { parseEvaluation } from '../parse-evaluation.ts';
import { parseTerm } from '../parse-term.ts';
import { printEvaluation, printFieldName } from '../print-evaluation.ts';
import { printName, printPattern } from '../print-word.ts';
import { shown } from '../shown.ts';
import { asWord, fieldEnd, readName, readQuoted } from '../token.ts';

/** `search <term>` (spec/spl.md §1). */
export const parseSearchCommand = (cursor: Cursor): CommandBody => ({
  name: 'search',
  where: parseTerm(cursor),
});

/** `where <expression>` (spec/spl.md §3.3). */
export const parseWhere = (cursor: Cursor): CommandBody => ({
  name: 'where',
  where: parseEvaluation(cursor),
});

/** `eval <field>=<expression>, ...` (spec/spl.md §3.3). */
export function parseEval(cursor: Cursor): CommandBody {
  const assignments = [parseAssignment(cursor)];
  while (cursor.take(',')) assignments.push(parseAssignment(cursor));
  return { name: 'eval', assignments };
}

export const printEval = ({ assignments }: CommandOf<'eval'>): string =>
  assignments.map(({ field, value }) => `${printFieldName(field.text)}=${printEvaluation(value)}`).join(', ');

function parseAssignment(cursor: Cursor): { readonly field: Word; readonly value: Evaluation } {
  cursor.skip();
  const name =
    cursor.char === "'" ? readQuoted(cursor, 'field') : readName(cursor, fieldEnd | character.comma);
  if (name.text === '') cursor.fail('the name of a field may not be empty', 'syntax', name.span);
  if (!name.quoted && /\{.+\}/.test(name.text)) {
    const message = `"${shown(name.text)}" takes its name from another field's value, which is not supported`;
    cursor.fail(message, 'unsupported-option', name.span);
  }
  cursor.expect('=', `"=" behind the field "${shown(name.text)}"`);
  return { field: asWord(name), value: parseEvaluation(cursor) };
}

/** `regex [<field>=|!=]"<pattern>"`. */
export function parseRegex(cursor: Cursor): CommandBody {
  cursor.skip();
  const start = cursor.offset;
  const alone = cursor.char === '"' ? readQuoted(cursor, 'pattern') : undefined;
  if (alone !== undefined && cursor.ended()) {
    return { name: 'regex', field: undefined, negated: false, pattern: asWord(alone) };
  }
  cursor.moveTo(start);
  const field = asWord(readName(cursor, fieldEnd));
  cursor.skip();
  const negated = cursor.take('!=');
  if (!negated) cursor.expect('=', `"=" or "!=" behind the field "${shown(field.text)}"`);
  return { name: 'regex', field, negated, pattern: readPattern(cursor) };
}

export function printRegex({ field, negated, pattern }: CommandOf<'regex'>): string {
  const written = printPattern(pattern);
  return field === undefined ? written : `${printName(field)}${negated ? '!=' : '='}${written}`;
}

/** A regular expression in double quotes. */
export function readPattern(cursor: Cursor): Word {
  cursor.skip();
  if (cursor.char !== '"') cursor.failExpecting('a pattern in double quotes');
  return asWord(readQuoted(cursor, 'pattern'));
}
