import type { Evaluation, Word } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { warnOfDottedName } from './dotted-name.ts';
import { evaluationHeight } from './evaluation-height.ts';
import { refuseTooDeep } from './nesting.ts';
import { parseAtom, parseFunctionName } from './parse-atom.ts';
import { binaryPrecedence, precedence, type BinaryOperator } from './precedence.ts';

/** How many operations may stand in each other; a chain of operators counts each of them. */
const maxHeight = 500;

/** The expression of `where`, or behind the `=` of `eval`, as far as it goes (spec/spl.md §3.3). */
export function parseEvaluation(cursor: Cursor): Evaluation {
  cursor.skip();
  const start = cursor.offset;
  const evaluation = parseBinary(cursor, precedence.xor, 0);
  if (evaluationHeight(evaluation) <= maxHeight) return evaluation;
  return cursor.fail(
    `more than ${maxHeight} operations stand in each other; for a long list there is "in(field, ...)"`,
    'too-large',
    cursor.spanFrom(start),
  );
}

/** Operators that bind at least as tightly as `least`, the left one first among equals. */
function parseBinary(cursor: Cursor, least: number, depth: number): Evaluation {
  let left = parsePrefix(cursor, depth);
  let compared = false;
  for (;;) {
    const operator = infixAt(cursor);
    if (operator === undefined || operator.tightness < least) return left;
    const comparing = operator.tightness === precedence.comparison;
    if (comparing && compared) cursor.fail('comparisons form no chain; join them by "AND"');
    cursor.moveTo(operator.word.span.end);
    left = parseRight(cursor, left, operator, depth);
    compared = comparing;
  }
}

interface Infix {
  readonly name: BinaryOperator | 'like' | 'in';
  readonly word: Word;
  readonly tightness: number;
}

const infix = /==|[!<>]=|[=<>+\-*/%.]|(?:AND|OR|XOR|LIKE|IN)(?!\w)/iy;

/** The operator here, blanks aside; it is not passed. */
function infixAt(cursor: Cursor): Infix | undefined {
  cursor.skip();
  const text = cursor.peek(infix)?.[0].toLowerCase();
  if (text === undefined) return undefined;
  const word = { text, span: { start: cursor.offset, end: cursor.offset + text.length } };
  if (text === 'like' || text === 'in') return { name: text, word, tightness: precedence.comparison };
  const name = text === '==' ? '=' : (text as BinaryOperator);
  return { name, word, tightness: binaryPrecedence(name) };
}

function parseRight(cursor: Cursor, left: Evaluation, operator: Infix, depth: number): Evaluation {
  const { name, word, tightness } = operator;
  const { start } = left.span;
  if (name === 'in') {
    cursor.expect('(', 'a list in parentheses');
    const args = [left, ...parseList(cursor, depth)];
    return { kind: 'call', name: word, args, span: cursor.spanFrom(start) };
  }
  if (name === '.') warnOfDottedName(cursor, word.span.start);
  const right = parseBinary(cursor, tightness + 1, depth);
  const span = { start, end: right.span.end };
  if (name === 'like') return { kind: 'call', name: word, args: [left, right], span };
  return { kind: 'binary', operator: name, left, right, span };
}

const not = /NOT(?!\w)/iy;

function parsePrefix(cursor: Cursor, depth: number): Evaluation {
  refuseTooDeep(cursor, depth);
  cursor.skip();
  const start = cursor.offset;
  if (cursor.take('-')) {
    const item = parsePrefix(cursor, depth + 1);
    return { kind: 'unary', operator: '-', item, span: { start, end: item.span.end } };
  }
  if (cursor.match(not) !== undefined) {
    const item = parseBinary(cursor, precedence.comparison, depth + 1);
    return { kind: 'unary', operator: 'not', item, span: { start, end: item.span.end } };
  }
  if (cursor.take('(')) {
    const inner = parseBinary(cursor, precedence.xor, depth + 1);
    cursor.expect(')', '")"');
    return inner;
  }
  const name = parseFunctionName(cursor);
  if (name === undefined) return parseAtom(cursor);
  const args = parseList(cursor, depth);
  return { kind: 'call', name, args, span: cursor.spanFrom(start) };
}

/** The rest of a list behind its opening parenthesis, which may be empty. */
function parseList(cursor: Cursor, depth: number): readonly Evaluation[] {
  cursor.skip();
  if (cursor.take(')')) return [];
  const items = [parseBinary(cursor, precedence.xor, depth + 1)];
  while (cursor.take(',')) items.push(parseBinary(cursor, precedence.xor, depth + 1));
  cursor.expect(')', '"," or ")"');
  return items;
}
