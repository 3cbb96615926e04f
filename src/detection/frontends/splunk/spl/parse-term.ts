import type { Span, Term, Word } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { refuseTooDeep } from './nesting.ts';
import { parseLiteral, parseWrapped, plain, refuseReserved } from './parse-literal.ts';
import { indexedFieldProblem, modifierProblem } from './search-modifiers.ts';
import { asWord, fieldEnd, readBare, readQuoted, refuseSubsearch, type Token } from './token.ts';

type Comparison = Extract<Term, { kind: 'compare' }>['operator'];

const comparisons: readonly Comparison[] = ['!=', '<=', '>=', '=', '<', '>'];

/**
 * The expression of `search`, up to the end of the command or a closing parenthesis (spec/spl.md §1.1): terms side by
 * side are all to hold, and `OR` binds more tightly than `AND`. Nothing at all is what matches everything.
 */
export function parseTerm(cursor: Cursor, depth = 0): Term {
  const start = cursor.offset;
  const items: Term[] = [];
  while (!cursor.ended() && cursor.char !== ')') {
    if (items.length > 0 && cursor.takeOperator('AND')) cursor.skip();
    items.push(parseAlternatives(cursor, depth));
  }
  return combined('and', items) ?? { kind: 'and', items: [], span: cursor.spanFrom(start) };
}

function parseAlternatives(cursor: Cursor, depth: number): Term {
  const first = parseNegation(cursor, depth);
  const items = [first];
  cursor.skip();
  while (cursor.takeOperator('OR')) {
    items.push(parseNegation(cursor, depth));
    cursor.skip();
  }
  return combined('or', items) ?? first;
}

/** The only item itself; undefined if there is none. */
function combined(kind: 'and' | 'or', items: readonly Term[]): Term | undefined {
  const [first, second] = items;
  if (first === undefined || second === undefined) return first;
  return { kind, items, span: between(first, items.at(-1) ?? second) };
}

/** `NOT` reaches as far as the next term (spec/spl.md §1.1). */
function parseNegation(cursor: Cursor, depth: number): Term {
  const starts: number[] = [];
  cursor.skip();
  for (let start = cursor.offset; cursor.takeOperator('NOT'); start = cursor.offset) {
    starts.push(start);
    cursor.skip();
  }
  refuseTooDeep(cursor, depth + starts.length);
  let term = parsePrimary(cursor, depth + starts.length);
  for (const start of starts.reverse()) {
    term = { kind: 'not', item: term, span: { start, end: term.span.end } };
  }
  return term;
}

function parsePrimary(cursor: Cursor, depth: number): Term {
  refuseSubsearch(cursor);
  if (cursor.char === '(') return parseGroup(cursor, depth);
  const wrapped = parseWrapped(cursor);
  if (wrapped !== undefined) return { kind: 'text', value: wrapped, span: wrapped.span };
  const name = cursor.char === '"' ? readQuoted(cursor, 'word') : readBare(cursor, fieldEnd);
  if (!name.quoted && name.text === '') cursor.failExpecting('a term');
  refuseReserved(cursor, name);
  const end = cursor.offset;
  cursor.skip();
  const operator = comparisons.find((operator) => cursor.take(operator));
  if (operator !== undefined) return parseComparison(cursor, name, operator);
  if (cursor.takeOperator('IN')) return parseList(cursor, name);
  cursor.moveTo(end);
  return parseText(cursor, name);
}

function parseGroup(cursor: Cursor, depth: number): Term {
  refuseTooDeep(cursor, depth + 1);
  const start = cursor.offset;
  cursor.take('(');
  const inner = parseTerm(cursor, depth + 1);
  if (inner.kind === 'and' && inner.items.length === 0 && cursor.char === ')') {
    cursor.fail('nothing stands between these parentheses', 'syntax', { start, end: cursor.offset + 1 });
  }
  cursor.expect(')', '")"');
  return inner;
}

function parseComparison(cursor: Cursor, name: Token, operator: Comparison): Term {
  const field = fieldOf(cursor, name);
  const value = parseLiteral(cursor, false);
  return { kind: 'compare', field, operator, value, span: between(name, value) };
}

function parseList(cursor: Cursor, name: Token): Term {
  const field = fieldOf(cursor, name);
  cursor.expect('(', 'a list in parentheses');
  const values = [parseLiteral(cursor, true)];
  cursor.skip();
  while (cursor.take(',')) {
    values.push(parseLiteral(cursor, true));
    cursor.skip();
  }
  cursor.expect(')', '"," or ")"');
  return { kind: 'in', field, values, span: cursor.spanFrom(name.span.start) };
}

function parseText(cursor: Cursor, word: Token): Term {
  if (word.text === '') cursor.fail('an empty text is in every event; leave it out', 'syntax', word.span);
  const problem = word.quoted ? undefined : indexedFieldProblem(word.text);
  if (problem !== undefined) cursor.fail(problem, 'unsupported-option', word.span);
  return { kind: 'text', value: plain(word), span: word.span };
}

function fieldOf(cursor: Cursor, name: Token): Word {
  const problem = modifierProblem(name.text);
  if (problem !== undefined) cursor.fail(problem, 'unsupported-option', name.span);
  if (name.text === '') cursor.fail('the name of a field may not be empty', 'syntax', name.span);
  return asWord(name);
}

const between = (first: { readonly span: Span }, last: { readonly span: Span }): Span => ({
  start: first.span.start,
  end: last.span.end,
});
