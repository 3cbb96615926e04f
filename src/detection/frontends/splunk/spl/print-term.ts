import { unreachable } from '../../../../util/assert.ts';
import type { Literal, Term, Word } from './ast.ts';
import { character, isAt } from './character.ts';
import { reservedWords } from './parse-literal.ts';
import { quoted } from './print-word.ts';
import { indexedFieldProblem } from './search-modifiers.ts';

/** The expression of `search` in its canonical text; empty for the one that matches everything. */
export function printTerm(term: Term): string {
  switch (term.kind) {
    case 'and':
      return term.items.map(printItem).join(' ');
    case 'or':
      return term.items.map(printItem).join(' OR ');
    case 'not':
      return `NOT ${printItem(term.item)}`;
    case 'compare':
      return `${printField(term.field)}${term.operator}${printLiteral(term.value, false)}`;
    case 'in':
      return `${printField(term.field)} IN (${term.values.map((value) => printLiteral(value, true)).join(', ')})`;
    case 'text':
      return printText(term.value);
    default:
      return unreachable(term);
  }
}

const printItem = (item: Term): string =>
  item.kind === 'and' || item.kind === 'or' ? `(${printTerm(item)})` : printTerm(item);

const plainField = /^[A-Za-z_][\w.{}*/:@-]*$/;

const printField = ({ text }: Word): string =>
  plainField.test(text) && !reservedWords.has(text) ? text : quoted(text);

function printLiteral(literal: Literal, inList: boolean): string {
  const stops = inList ? valueEnd | character.comma : valueEnd;
  const plain = !literal.quoted && !/^[[=<>]/.test(literal.text) && isBare(literal.text, stops);
  return wrapped(literal, plain ? bare(literal.text) : quoted(literal.text));
}

function printText(literal: Literal): string {
  const { text } = literal;
  const plain =
    !literal.quoted &&
    !text.startsWith('[') &&
    isBare(text, valueEnd | character.operator) &&
    indexedFieldProblem(text) === undefined;
  return wrapped(literal, plain ? bare(text) : quoted(text));
}

function wrapped({ how }: Literal, text: string): string {
  switch (how) {
    case 'plain':
      return text;
    case 'case':
      return `CASE(${text})`;
    case 'term':
      return `TERM(${text})`;
    default:
      return unreachable(how);
  }
}

const valueEnd = character.space | character.parenthesis;

/** Whether `text` can stand without quotes. */
function isBare(text: string, stops: number): boolean {
  if (text === '' || reservedWords.has(text)) return false;
  for (let at = 0; at < text.length; at++) if (isAt(text, at, stops)) return false;
  return true;
}

const bare = (text: string): string => text.replace(/["|\\]/g, '\\$&');
