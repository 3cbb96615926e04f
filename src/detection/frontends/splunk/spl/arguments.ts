import type { Word } from './ast.ts';
import { character } from './character.ts';
import type { Cursor } from './cursor.ts';
import { countOf, Options } from './options.ts';
import { asWord, isKeyword, readName, type Token } from './token.ts';

const separators = character.space | character.comma;

/** The words and options of one command, in any order; blanks and commas alike stand between them. */
export interface Arguments {
  readonly words: readonly Token[];
  readonly options: Options;
}

/** Passes what may stand between arguments; false at the end of the command. */
export function moreArguments(cursor: Cursor): boolean {
  cursor.skip(separators);
  return !cursor.ended();
}

/** Reads to the end of the command, or to the keyword `until`, which is not passed. */
export function readArguments(
  cursor: Cursor,
  command: string,
  known: readonly string[] = [],
  until?: string,
): Arguments {
  const options = new Options(cursor, command, known);
  const words: Token[] = [];
  while (moreArguments(cursor)) {
    if (options.take()) continue;
    const word = readName(cursor);
    if (until !== undefined && isKeyword(word, until)) {
      cursor.moveTo(word.span.start);
      break;
    }
    words.push(word);
  }
  return { words, options };
}

/** The count that may stand before the fields, and the fields. */
export function leadingCount(words: readonly Token[]): {
  readonly count: number | undefined;
  readonly rest: readonly Token[];
} {
  const [first] = words;
  const count = first === undefined || first.quoted ? undefined : countOf(first);
  return { count, rest: count === undefined ? words : words.slice(1) };
}

/** The count of a command, which stands before its fields or is the option `limit`. */
export function limitOf(cursor: Cursor, count: number | undefined, options: Options): number | undefined {
  const limit = options.count('limit');
  if (count === undefined || limit === undefined) return count ?? limit;
  return cursor.fail(
    'the count is given twice, as a number and as "limit"',
    'syntax',
    options.word('limit')?.span,
  );
}

/** Names of fields, one at least. */
export function fieldList(cursor: Cursor, words: readonly Token[], where: string): readonly Word[] {
  if (words.length === 0) cursor.failExpecting(`a field ${where}`);
  return words.map((word) => fieldOf(cursor, word));
}

/** They stand between fields; a field of such a name needs double quotes. */
const keywords = ['as', 'by', 'output', 'outputnew'];

/** The name of a field, which is no keyword. */
export function fieldOf(cursor: Cursor, word: Token): Word {
  if (!keywords.some((keyword) => isKeyword(word, keyword))) return asWord(word);
  return cursor.fail(
    `a field is expected, not "${word.text}"; a field of that name needs double quotes`,
    'syntax',
    word.span,
  );
}

/** The one field that a command is about. */
export function onlyField(cursor: Cursor, words: readonly Token[], command: string): Word {
  const [field, other] = words;
  if (field === undefined) return cursor.failExpecting(`a field behind "${command}"`);
  if (other !== undefined) cursor.fail(`"${command}" takes one field only`, 'syntax', other.span);
  return fieldOf(cursor, field);
}

/** Before and behind the first `keyword`; undefined behind if it does not occur. */
export function splitAt(
  words: readonly Token[],
  keyword: string,
): readonly [readonly Token[], readonly Token[] | undefined] {
  const index = words.findIndex((word) => isKeyword(word, keyword));
  return index < 0 ? [words, undefined] : [words.slice(0, index), words.slice(index + 1)];
}

/** `a as b, c`: each field, and its other name if it has one. */
export function renamedFields(
  cursor: Cursor,
  words: readonly Token[],
): readonly { readonly field: Word; readonly as: Word | undefined }[] {
  const fields: { readonly field: Word; readonly as: Word | undefined }[] = [];
  for (let at = 0; at < words.length; at++) {
    const [field, keyword, name] = words.slice(at, at + 3);
    if (field === undefined) break;
    const renamed = isKeyword(keyword, 'as');
    if (renamed && name === undefined) cursor.failExpecting('a name behind "as"');
    fields.push({
      field: fieldOf(cursor, field),
      as: renamed && name !== undefined ? asWord(name) : undefined,
    });
    if (renamed) at += 2;
  }
  return fields;
}

/** The name behind `as`, if one stands here. */
export function takeAs(cursor: Cursor): Word | undefined {
  cursor.skip();
  return cursor.takeKeyword('as') ? asWord(readName(cursor)) : undefined;
}
