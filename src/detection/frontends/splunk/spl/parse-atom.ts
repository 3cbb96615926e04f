import type { Evaluation, Word } from './ast.ts';
import { character, isAt } from './character.ts';
import type { Cursor } from './cursor.ts';
import { operatorWords } from './precedence.ts';
import { shown } from './shown.ts';
import { readQuoted, refuseSubsearch } from './token.ts';

const number = /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y;
/** A field's name that needs no quotes (spec/spl.md §3.3). */
const name = /[A-Za-z_]\w*/y;
const call = /(?!(?:AND|OR|XOR|NOT)\b)([A-Za-z_]\w*)[ \t\r\n\f\v]*\(/iy;

/** A text, a number or a field of `eval`: what holds no other expression. */
export function parseAtom(cursor: Cursor): Evaluation {
  refuseSubsearch(cursor);
  if (cursor.char === '"') {
    const { text, span } = readQuoted(cursor, 'text');
    return { kind: 'text', value: text, span };
  }
  if (cursor.char === "'") return quotedField(cursor);
  const start = cursor.offset;
  const digits = cursor.match(number)?.[0];
  if (digits !== undefined) {
    refuseGlued(cursor, start);
    return { kind: 'number', text: digits, span: cursor.spanFrom(start) };
  }
  const found = cursor.peek(name)?.[0];
  if (found === undefined || operatorWords.has(found.toLowerCase())) cursor.failExpecting('a value');
  cursor.moveTo(start + found.length);
  refuseGlued(cursor, start);
  return { kind: 'field', name: found, span: cursor.spanFrom(start) };
}

/** The name of a function, if one begins here, and passes its opening parenthesis. */
export function parseFunctionName(cursor: Cursor): Word | undefined {
  const start = cursor.offset;
  const found = cursor.match(call)?.[1];
  if (found === undefined) return undefined;
  return { text: found.toLowerCase(), span: { start, end: start + found.length } };
}

function quotedField(cursor: Cursor): Evaluation {
  const { text, span } = readQuoted(cursor, 'field');
  if (text === '') cursor.fail('the name of a field may not be empty', 'syntax', span);
  return { kind: 'field', name: text, span };
}

const wordEnd =
  character.space | character.pipe | character.parenthesis | character.comma | character.operator;

/** `user.groups{}`, `5xx`, `a:b`: a name that only single quotes make one. */
function refuseGlued(cursor: Cursor, start: number): void {
  if (!/[\w{}:@#$\u0080-\uffff]/.test(cursor.char)) return;
  let end = cursor.offset;
  while (end < cursor.text.length && !isAt(cursor.text, end, wordEnd)) end++;
  const written = shown(cursor.text.slice(start, end));
  cursor.fail(`"${written}" is no name here; a field of that name is written '${written}'`, 'syntax', {
    start,
    end,
  });
}
