import { describe, expect, test } from 'vitest';
import type { PlacedComplaint } from '../../../../../src/detection/frontends/splunk/spl/complaint.ts';
import { expandMacros } from '../../../../../src/detection/frontends/splunk/spl/expand-macros.ts';
import {
  macroKey,
  type Macro,
  type MacroTable,
} from '../../../../../src/detection/frontends/splunk/spl/macro.ts';
import { plainText, type SourceText } from '../../../../../src/detection/frontends/splunk/spl/source-text.ts';

/** Macros by how they are called: `name` or `name(arg, arg)`. */
function tableOf(definitions: Readonly<Record<string, string>>): MacroTable {
  const macros = Object.entries(definitions).map(([call, definition]): Macro => {
    const [name = '', list = ''] = call.split(/[()]/);
    const args = list === '' ? [] : list.split(', ');
    return { name, args, definition: plainText(definition, `${name}.yml`, 2, 13) };
  });
  return new Map(macros.map((macro) => [macroKey(macro.name, macro.args.length), macro]));
}

function expand(
  text: string,
  macros: MacroTable,
): { readonly expanded: SourceText | undefined; readonly complaints: readonly PlacedComplaint[] } {
  const complaints: PlacedComplaint[] = [];
  const expanded = expandMacros(plainText(text, 'd.yml'), macros, (complaint) => complaints.push(complaint));
  return { expanded, complaints };
}

const macros = tableOf({
  audit: 'source="kubernetes"',
  outer: '`audit` stage=`inner(Panic)`',
  'inner(stage)': '"$stage$"',
  'ctime(field)': 'convert timeformat="%Y" ctime($field$)',
  'pair(a, b)': '$a$=$b$ $$ $c$ "$a$"',
  'either(a)': 'one',
  'either(a, b, c)': 'three',
  commented: 'a ```not ` " this``` b',
  empty: '',
});

describe('macros become their text (spec/spl.md §1.7)', () => {
  for (const [text, expanded] of [
    ['`audit` verb=get', 'source="kubernetes" verb=get'],
    [
      'x|`ctime(firstTime)`|`ctime( lastTime )`',
      'x|convert timeformat="%Y" ctime(firstTime)|convert timeformat="%Y" ctime(lastTime)',
    ],
    ['`outer`', 'source="kubernetes" stage="Panic"'],
    ['NOT `audit`x', 'NOT source="kubernetes"x'],
    ['`pair(x,y)`', 'x=y $$ $c$ "x"'],
    ['`pair("x, y",z)`', 'x, y=z $$ $c$ "x, y"'],
    ['`pair(x,"a" b)`', 'x="a" b $$ $c$ "x"'],
    ['`pair($b$, y)`', '$b$=y $$ $c$ "$b$"'],
    ['`audit()` `empty`.', 'source="kubernetes" .'],
    ['`unknown_filter`', 'search *'],
    ['"`audit`" `audit`', '"`audit`" source="kubernetes"'],
    ['"a\\"`audit`" b\\"`audit`', '"a\\"`audit`" b\\"source="kubernetes"'],
    ['no macro', 'no macro'],
    ['', ''],
  ] as const) {
    test(`${text} is ${expanded}`, () => {
      const { expanded: source, complaints } = expand(text, macros);
      expect(complaints).toEqual([]);
      expect(source?.text).toBe(expanded);
    });
  }
});

describe('comments become a blank, before macros are looked for (spec/spl.md §1.4)', () => {
  for (const [text, expanded] of [
    ['a ```x `nobody` " ``` b', 'a   b'],
    ['a```x```b', 'a b'],
    ['"```x```"', '"```x```"'],
    ['`commented`', 'a   b'],
  ] as const) {
    test(`${text} is ${expanded}`, () => expect(expand(text, macros).expanded?.text).toBe(expanded));
  }
});

describe('what cannot be expanded is told with its place', () => {
  const loops = tableOf({ a: 'x `b`', b: '`c(1)`', 'c(n)': '`b`', self: '`self`' });
  for (const [name, table, text, rule, place, message] of [
    [
      'unknown',
      macros,
      'x\n `audti` y',
      'unknown-macro',
      'd.yml:2:2',
      'there is no macro "audti". Did you mean "audit"?',
    ],
    [
      'too few arguments',
      macros,
      '`pair(a)`',
      'macro-arguments',
      'd.yml:1:1',
      'macro "pair" takes 2 arguments, not 1',
    ],
    [
      'several counts',
      macros,
      '`either(a,b)`',
      'macro-arguments',
      'd.yml:1:1',
      'macro "either" takes 1 or 3 arguments, not 2',
    ],
    [
      'none instead of one',
      macros,
      '`ctime`',
      'macro-arguments',
      'd.yml:1:1',
      'macro "ctime" takes 1 argument, not 0',
    ],
    ['loop', loops, '`a`', 'macro-loop', 'c.yml:2:13', 'macro "b" calls itself: b -> c -> b'],
    [
      'loop of one',
      loops,
      ' `self`',
      'macro-loop',
      'self.yml:2:13',
      'macro "self" calls itself: self -> self',
    ],
    [
      'open call',
      macros,
      'a `audit',
      'syntax',
      'd.yml:1:3',
      'this call of a macro is not closed; a backtick must end it',
    ],
    [
      'open comment',
      macros,
      'a ```audit`',
      'syntax',
      'd.yml:1:3',
      'this comment is not closed; three backticks must end it',
    ],
    [
      'no name',
      macros,
      'a ``',
      'syntax',
      'd.yml:1:3',
      '"``" is not the call of a macro; write `name` or `name(a, b)`',
    ],
    [
      'half a call',
      macros,
      'a `pair(x`',
      'syntax',
      'd.yml:1:3',
      '"`pair(x`" is not the call of a macro; write `name` or `name(a, b)`',
    ],
  ] as const) {
    test(name, () => {
      const { expanded, complaints } = expand(text, table);
      expect(expanded).toBeUndefined();
      expect(
        complaints.map(({ rule, at, message }) => [rule, `${at.file}:${at.line}:${at.column}`, message]),
      ).toEqual([[rule, place, message]]);
    });
  }

  test('a filter macro that exists with arguments is not "search *"', () => {
    const { complaints } = expand('`x_filter`', tableOf({ 'x_filter(a)': 'a' }));
    expect(complaints.map(({ rule }) => rule)).toEqual(['macro-arguments']);
  });

  test('all mistakes are told, up to twenty', () => {
    expect(expand('`no1` `no2`', macros).complaints).toHaveLength(2);
    expect(expand('`no` '.repeat(500), macros).complaints).toHaveLength(20);
  });
});

describe('places survive expansion', () => {
  const { expanded } = expand('a `outer`\n b', macros);
  const at = (text: string) => expanded?.at(expanded.text.indexOf(text));

  test('text of the search is where it was', () => {
    expect(at(' b')).toMatchObject({ file: 'd.yml', line: 2, column: 1, through: [] });
  });

  test('text of a macro is in its file, with the calls that brought it', () => {
    expect(at('stage=')).toEqual({
      file: 'outer.yml',
      line: 2,
      column: 21,
      through: [{ macro: 'outer', file: 'd.yml', line: 1, column: 3 }],
    });
    expect(at('kubernetes')?.through.map(({ macro, file }) => `${macro} ${file}`)).toEqual([
      'audit outer.yml',
      'outer d.yml',
    ]);
  });

  test('an argument is where the call writes it', () => {
    expect(at('Panic')).toMatchObject({ file: 'outer.yml', column: 34, through: [{ macro: 'outer' }] });
  });
});

describe('macros stay within bounds', () => {
  const chain = (length: number, last: string): MacroTable =>
    tableOf(
      Object.fromEntries(
        Array.from({ length }, (_, at) => [`m${at}`, at === length - 1 ? last : `\`m${at + 1}\``]),
      ),
    );

  test('a hundred may call each other, one more may not (spec/spl.md §1.7)', () => {
    expect(expand('`m0`', chain(100, 'x')).expanded?.text).toBe('x');
    expect(expand('`m0`', chain(101, 'x')).complaints.map(({ rule, message }) => [rule, message])).toEqual([
      ['too-large', 'macros call each other more than 100 deep'],
    ]);
  });

  test.each(['x', ''])('doubling and doubling again ends, even if it comes to nothing (%j)', (last) => {
    const doubling = Object.fromEntries(
      Array.from({ length: 60 }, (_, at) => [`m${at}`, at === 59 ? last : `\`m${at + 1}\`\`m${at + 1}\``]),
    );
    const { expanded, complaints } = expand('`m0`', tableOf(doubling));
    expect(expanded).toBeUndefined();
    expect(complaints.map(({ rule, message }) => [rule, message])).toEqual([
      ['too-large', 'macros come to more than 1048576 characters or 10000 calls'],
    ]);
  });

  test('one macro with a large text may be called only so often', () => {
    const table = tableOf({ big: 'x'.repeat(100_000) });
    expect(expand('`big`'.repeat(10), table).expanded?.text).toHaveLength(1_000_000);
    expect(expand('`big`'.repeat(11), table).complaints.map(({ rule }) => rule)).toEqual(['too-large']);
  });

  test('the text of the search itself may be longer than that', () => {
    const long = 'x '.repeat(1 << 20);
    expect(expand(`${long}\`audit\``, macros).expanded?.text).toBe(`${long}source="kubernetes"`);
  });
});
