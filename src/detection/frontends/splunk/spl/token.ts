import type { Word } from './ast.ts';
import { character, isAt } from './character.ts';
import type { Cursor } from './cursor.ts';
import { unescape, type Escaped } from './escapes.ts';
import { behindQuoted } from './quoted.ts';

/** A word as it was found. Only one without quotes can be a keyword. */
export interface Token extends Word {
  readonly quoted: boolean;
}

const wordEnd = character.space | character.pipe | character.parenthesis | character.quote;
const valueEnd = wordEnd | character.comma;
/** What ends a name without quotes, in all commands but `search`. */
const nameEnd = valueEnd | character.equals;
/** What ends a name without quotes where an operator may follow. */
export const fieldEnd = wordEnd | character.operator;

/** The characters up to one of `stops` (`character`); empty if one stands here. */
export function readBare(cursor: Cursor, stops: number): Token {
  const { text, offset: start } = cursor;
  let end = start;
  while (end < text.length && !isAt(text, end, stops)) end += isEscape(text, end) ? 2 : 1;
  cursor.moveTo(end);
  return { text: unescape(text.slice(start, end), 'word'), span: { start, end }, quoted: false };
}

const isEscape = (text: string, at: number): boolean =>
  text[at] === '\\' && (text[at + 1] === '\\' || isAt(text, at + 1, character.quote | character.pipe));

/** The quoted text that begins here, with quotes of the kind that stands here. */
export function readQuoted(cursor: Cursor, kind: Escaped): Token {
  const { text, offset: start } = cursor;
  const end = behindQuoted(text, start);
  if (end === undefined) {
    cursor.fail(`nothing closes this quote (${cursor.char})`, 'syntax', { start, end: start + 1 });
  }
  cursor.moveTo(end);
  return { text: unescape(text.slice(start + 1, end - 1), kind), span: { start, end }, quoted: true };
}

/** A name, such as that of a field: a word, or any text but the empty one in double quotes. */
export function readName(cursor: Cursor, stops: number = nameEnd): Token {
  cursor.skip();
  refuseSubsearch(cursor);
  if (cursor.char === "'") cursor.fail(`single quotes are for "eval" and "where"; write double quotes here`);
  const quoted = cursor.char === '"';
  const name = quoted ? readQuoted(cursor, 'word') : readBare(cursor, stops);
  if (quoted && name.text === '') cursor.fail('a name may not be empty', 'syntax', name.span);
  if (name.text === '') cursor.failExpecting('a name');
  if (!quoted && cursor.char === '"') {
    cursor.fail('this quote stands in the middle of a word; quote all of it');
  }
  return name;
}

/** The value of an option: a word, or any text in double quotes. */
export function readValue(cursor: Cursor): Token {
  cursor.skip();
  refuseSubsearch(cursor);
  const value = cursor.char === '"' ? readQuoted(cursor, 'word') : readBare(cursor, valueEnd);
  if (!value.quoted && value.text === '') cursor.failExpecting('a value');
  return value;
}

export function refuseSubsearch(cursor: Cursor): void {
  if (cursor.char !== '[') return;
  cursor.fail(
    'a subsearch "[ ... ]" is not supported: it runs first and over all that is stored, and a stream has ' +
      'nothing stored; write its condition here, or put its result in a lookup',
    'unsupported-command',
    { start: cursor.offset, end: cursor.offset + 1 },
  );
}

/** Whether `token` is the keyword `word`, in any case. */
export const isKeyword = (token: Token | undefined, word: string): boolean =>
  token !== undefined && !token.quoted && token.text.toLowerCase() === word;

/** Without what only the parser needs to know. */
export const asWord = ({ text, span }: Token): Word => ({ text, span });
