import { describe, expect, test } from 'vitest';
import { evaluationShape, read, readBadly, readWell } from './spl-fixture.ts';

function evaluationOf(text: string): string {
  const [, command] = readWell(`x | where ${text}`).commands;
  if (command?.name !== 'where') throw new Error('the second command is where');
  return evaluationShape(command.where);
}

const sections: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'operators bind as in Splunk (spec/spl.md §1.1, §3.3)': [
    ['a=1 AND b=2 OR c=3', '(or (and (= a #1) (= b #2)) (= c #3))'],
    ['a=1 OR b=2 AND c=3', '(or (= a #1) (and (= b #2) (= c #3)))'],
    ['a XOR b OR c XOR d', '(xor (xor a (or b c)) d)'],
    ['NOT a=1 AND b', '(and (not (= a #1)) b)'],
    ['NOT (a OR b)', '(not (or a b))'],
    ['not not a', '(not (not a))'],
    ['a + b * c - d / e % f', '(- (+ a (* b c)) (% (/ d e) f))'],
    ['a . b + c = d', '(= (. a (+ b c)) d)'],
    ['a - b - c', '(- (- a b) c)'],
    ['-a * -b', '(* (- a) (- b))'],
    ['- -1', '(- (- #1))'],
    ['a-1', '(- a #1)'],
    ['(a + b) * c', '(* (+ a b) c)'],
    ['a = (b = c)', '(= a (= b c))'],
    ['a = NOT b', '(= a (not b))'],
    ['a < b and c >= d', '(and (< a b) (>= c d))'],
    ['tactic_count >= 3 and source_count >= 4', '(and (>= tactic_count #3) (>= source_count #4))'],
  ],
  'comparisons have several spellings': [
    ['a == b', '(= a b)'],
    ['a != "x"', '(!= a <x>)'],
    ['a LIKE "x%" OR b like c', '(or like[a ; <x%>] like[b ; c])'],
    ['a IN ("x", 1)', 'in[a ; <x> ; #1]'],
    ['a in(b)', 'in[a ; b]'],
    ['NOT a IN ("x")', '(not in[a ; <x>])'],
    ['in(a, "x") and like(b, "y")', '(and in[a ; <x>] like[b ; <y>])'],
  ],
  values: [
    ['10 + 1.5 + .5 + 1e3 + 2E-4', '(+ (+ (+ (+ #10 #1.5) #.5) #1e3) #2E-4)'],
    ['1 . 2', '(. #1 #2)'],
    ['"a\\"b\\\\c\\d\\|e"', '<a"b\\c\\d\\|e>'],
    ["'user.groups{}' = 'it\\'s \"\\\\'", '(= user.groups{} it\'s "\\)'],
    [
      'If(isNull(a), null(), case(b, "c", true(), 1))',
      'if[isnull[a] ; null[] ; case[b ; <c> ; true[] ; #1]]',
    ],
    ['len (a)', 'len[a]'],
    ["'and' = 'in'", '(= and in)'],
    ['android = inner', '(= android inner)'],
    ['a."-".b', '(. (. a <->) b)'],
  ],
};

for (const [section, cases] of Object.entries(sections)) {
  describe(section, () => {
    for (const [text, shape] of cases) {
      test(`${text} is ${shape}`, () => expect(evaluationOf(text)).toBe(shape));
    }
  });
}

describe('what is refused, and where', () => {
  for (const [text, at, message] of [
    ['', ' ', 'a value is expected, not the end of the search'],
    ['a =', '=', /a value is expected/],
    ['a AND', 'D', /a value is expected/],
    ['AND a', 'AND', 'a value is expected, not "AND"'],
    ['a or(b)or', 'r', /a value is expected/],
    ['a b', 'b', 'the end of "where" or a "|" is expected, not "b"'],
    ['a < b < c', '<', 'comparisons form no chain; join them by "AND"'],
    ['a=1=2', '=2', /form no chain/],
    ['(a', 'a', '")" is expected, not the end of the search'],
    ['a)', ')', 'nothing opens the parenthesis that ends here'],
    ['f(a', 'a', '"," or ")" is expected, not the end of the search'],
    ['f(a,)', ')', 'a value is expected, not ")"'],
    ['a IN "x"', '"x"', 'a list in parentheses is expected, not "x"'],
    ['"a', '"', 'nothing closes this quote (")'],
    ["'a", "'", "nothing closes this quote (')"],
    ["''=1", "''", 'the name of a field may not be empty'],
    ['groups{}="x"', 'groups{}', `"groups{}" is no name here; a field of that name is written 'groups{}'`],
    ['status=5xx', '5xx', /"5xx" is no name here/],
    ['a=[search b]', '[', /subsearch/],
    ['a=*', '*', /a value is expected/],
  ] as const) {
    test(text === '' ? 'nothing' : text, () => {
      const found = readBadly(`x | where ${text}`);
      expect(found.at).toBe(at);
      if (typeof message === 'string') expect(found.message).toBe(message);
      else expect(found.message).toMatch(message);
    });
  }
});

describe('a dotted name without quotes is two fields put together, and gets a warning', () => {
  for (const [text, warned] of [
    ['user.username="x"', 'user.username'],
    ['a.b.c=1', 'a.b.c'],
    ['len(a.b)>1', 'a.b'],
    ['a . b=1', undefined],
    ['a."x"=1', undefined],
    ["'a'.b=1", undefined],
    ['a.lower(b)=1', undefined],
    ['1.5=a', undefined],
  ] as const) {
    test(text, () => {
      const whole = `x | where ${text}`;
      const { search, complaints } = read(whole);
      expect(search).toBeDefined();
      const places = complaints.map(({ severity, span }) => [severity, whole.slice(span.start, span.end)]);
      expect(places).toEqual(warned === undefined ? [] : [['warning', warned]]);
    });
  }
});
