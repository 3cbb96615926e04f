import type { Literal } from './ast.ts';
import { character } from './character.ts';
import type { Cursor } from './cursor.ts';
import { readBare, readQuoted, refuseSubsearch, type Token } from './token.ts';

const wrapper = /(CASE|TERM)\(/y;
const wordEnd = character.space | character.pipe | character.parenthesis | character.quote;

/** `CASE(x)` or `TERM(x)` if one begins here. */
export function parseWrapped(cursor: Cursor): Literal | undefined {
  const start = cursor.offset;
  const found = cursor.match(wrapper);
  if (found === undefined) return undefined;
  cursor.skip();
  const inner = cursor.char === '"' ? readQuoted(cursor, 'word') : readBare(cursor, wordEnd);
  if (inner.text === '') cursor.failExpecting(`what "${found[1]}" is about`);
  cursor.expect(')', `the ")" of "${found[0]}"`);
  const how = found[1] === 'CASE' ? 'case' : 'term';
  return { text: inner.text, quoted: inner.quoted, how, span: cursor.spanFrom(start) };
}

/** A value behind an operator, or in the list of `IN`, where a comma ends it as well (spec/spl.md §1.2, §9). */
export function parseLiteral(cursor: Cursor, inList: boolean): Literal {
  cursor.skip();
  refuseSubsearch(cursor);
  const wrapped = parseWrapped(cursor);
  if (wrapped !== undefined) return wrapped;
  if (cursor.char === '"') return plain(readQuoted(cursor, 'word'));
  if (cursor.char === '(') cursor.fail('one value is expected; write several as "field IN (a, b)"');
  if (/[=<>]/.test(cursor.char)) {
    cursor.fail(`a value is expected; one that begins with "${cursor.char}" needs double quotes`);
  }
  const bare = readBare(cursor, inList ? wordEnd | character.comma : wordEnd);
  if (bare.text === '') cursor.failExpecting('a value');
  refuseReserved(cursor, bare);
  return plain(bare);
}

/** Written out: a copy by `...` takes twice the memory, and a search may hold 100,000 of them. */
export const plain = ({ text, quoted, span }: Token): Literal => ({ text, quoted, how: 'plain', span });

/** Words that mean something else in `search`, in upper case only. */
export const reservedWords: ReadonlySet<string> = new Set(['AND', 'OR', 'NOT', 'IN', 'AS']);

export function refuseReserved(cursor: Cursor, { text, span, quoted }: Token): void {
  if (quoted || !reservedWords.has(text)) return;
  cursor.fail(`"${text}" is a reserved word; write it in double quotes to look for the word`, 'syntax', span);
}
