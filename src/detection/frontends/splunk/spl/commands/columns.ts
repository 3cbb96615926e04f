import { fieldList, fieldOf, onlyField, readArguments, renamedFields } from '../arguments.ts';
import type { CommandBody, CommandOf } from '../command-body.ts';
import type { Cursor } from '../cursor.ts';
import { printName, printNames, printOption, printRenamed, spaced } from '../print-word.ts';
import { shown } from '../shown.ts';

/** `table <field> ...` (spec/spl.md §3.8). */
export const parseTable = (cursor: Cursor): CommandBody => ({
  name: 'table',
  fields: fieldList(cursor, readArguments(cursor, 'table').words, 'behind "table"'),
});

/** `fields [+|-] <field> ...` (spec/spl.md §3.8). */
export function parseFields(cursor: Cursor): CommandBody {
  cursor.skip();
  const drop = cursor.take('-');
  if (!drop) cursor.take('+');
  const { words } = readArguments(cursor, 'fields');
  return { name: 'fields', drop, fields: fieldList(cursor, words, 'behind "fields"') };
}

export const printFields = ({ drop, fields }: CommandOf<'fields'>): string =>
  spaced(drop ? '-' : undefined, printNames(fields));

/** `fillnull [value=<text>] [<field> ...]` (spec/spl.md §3.1). */
export function parseFillnull(cursor: Cursor): CommandBody {
  const { words, options } = readArguments(cursor, 'fillnull', ['value']);
  return {
    name: 'fillnull',
    value: options.word('value'),
    fields: words.map((word) => fieldOf(cursor, word)),
  };
}

export const printFillnull = ({ value, fields }: CommandOf<'fillnull'>): string =>
  spaced(printOption('value', value), printNames(fields));

/** `rename <field> as <name>, ...` (spec/spl.md §3.4). */
export function parseRename(cursor: Cursor): CommandBody {
  const { words } = readArguments(cursor, 'rename');
  if (words.length === 0) cursor.failExpecting('a field behind "rename"');
  const pairs = renamedFields(cursor, words).map(({ field, as }) => {
    if (as !== undefined) return { from: field, to: as };
    return cursor.fail(`"as" and a name are expected behind "${shown(field.text)}"`, 'syntax', field.span);
  });
  return { name: 'rename', pairs };
}

export const printRename = ({ pairs }: CommandOf<'rename'>): string =>
  pairs.map(({ from, to }) => printRenamed(from, to)).join(', ');

/** `mvexpand <field> [limit=<count>]`. */
export function parseMvexpand(cursor: Cursor): CommandBody {
  const { words, options } = readArguments(cursor, 'mvexpand', ['limit']);
  return { name: 'mvexpand', field: onlyField(cursor, words, 'mvexpand'), limit: options.count('limit') };
}

export const printMvexpand = ({ field, limit }: CommandOf<'mvexpand'>): string =>
  spaced(printName(field), printOption('limit', limit));

/** `makemv [delim=<text> | tokenizer=<pattern>] [allowempty=<flag>] <field>`. */
export function parseMakemv(cursor: Cursor): CommandBody {
  const { words, options } = readArguments(cursor, 'makemv', ['delim', 'tokenizer', 'allowempty']);
  const delimiter = options.word('delim');
  const tokenizer = options.word('tokenizer');
  if (delimiter !== undefined && tokenizer !== undefined) {
    cursor.fail('"makemv" takes "delim" or "tokenizer", not both', 'syntax', tokenizer.span);
  }
  const field = onlyField(cursor, words, 'makemv');
  return { name: 'makemv', field, delimiter, tokenizer, allowEmpty: options.flag('allowempty', false) };
}

export const printMakemv = (command: CommandOf<'makemv'>): string =>
  spaced(
    printOption('delim', command.delimiter),
    printOption('tokenizer', command.tokenizer),
    printOption('allowempty', command.allowEmpty || undefined),
    printName(command.field),
  );

/** `bin [span=<width> | bins=<count>] <field> [as <name>]`, also called `bucket` (spec/spl.md §3). */
export function parseBin(cursor: Cursor): CommandBody {
  const { words, options } = readArguments(cursor, 'bin', ['span', 'bins']);
  const [renamed, other] = renamedFields(cursor, words);
  if (renamed === undefined) return cursor.failExpecting('a field behind "bin"');
  if (other !== undefined) cursor.fail('"bin" takes one field only', 'syntax', other.field.span);
  return { name: 'bin', ...renamed, width: options.word('span'), bins: options.count('bins') };
}

export const printBin = ({ field, width, bins, as }: CommandOf<'bin'>): string =>
  spaced(printOption('span', width), printOption('bins', bins), printRenamed(field, as));
