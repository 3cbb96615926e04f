import { describe, expect, test } from 'vitest';
import type { Term } from '../../../../../src/detection/frontends/splunk/spl/ast.ts';
import { readBadly, readWell, termShape } from './spl-fixture.ts';

function termOf(text: string): Term {
  const [command] = readWell(text).commands;
  if (command?.name !== 'search') throw new Error('a search begins with search');
  return command.where;
}

const sections: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'terms are joined (spec/spl.md §1.1)': [
    ['a b', '(and a b)'],
    ['a AND b', '(and a b)'],
    ['a OR b c OR d', '(and (or a b) (or c d))'],
    ['a AND b OR c AND d', '(and a (or b c) d)'],
    ['error NOT 403 OR 404', '(and error (or (not 403) 404))'],
    ['NOT NOT a', '(not (not a))'],
    ['NOT (a b)', '(not (and a b))'],
    ['NOT(a)b', '(and (not a) b)'],
    ['(a OR b) OR c', '(or (or a b) c)'],
    ['((a))', 'a'],
    ['a and b or c not d', '(and a and b or c not d)'],
    ['a OR b OR c', '(or a b c)'],
    [
      'source="k" r=pods verb=create OR verb=update x=*y*',
      '(and source=<k> r=pods (or verb=create verb=update) x=*y*)',
    ],
    ['NOT u=a OR u=b', '(or (not u=a) u=b)'],
  ],
  'a field is compared with a value (§1.2)': [
    ['a=1 b!=2 c<3 d<=4 e>5 f>=6', '(and a=1 b!=2 c<3 d<=4 e>5 f>=6)'],
    ['responseStatus.status = Failure', 'responseStatus.status=Failure'],
    ['a= "x y"', 'a=<x y>'],
    ['a=""', 'a=<>'],
    ['a IN (x, "y z",*w*)', 'a in [x ; <y z> ; *w*]'],
    ['a IN(4*,5*)b', '(and a in [4* ; 5*] b)'],
    ['NOT user.groups{} IN (admin)', '(not user.groups{} in [admin])'],
    ['a in (x)', '(and a in x)'],
    ['a=CASE(Foo) CASE("B c")', '(and a=case:Foo case:<B c>)'],
    ['a IN (TERM(x.y), b)', 'a in [term:x.y ; b]'],
    ['case(x)', '(and case x)'],
    ['ip=10.0.0.0/8 ip!=::1', '(and ip=10.0.0.0/8 ip!=::1)'],
  ],
  'names and values are quoted or not (§1.4)': [
    ['"user.groups{}"="system:x"', 'user.groups{}=<system:x>'],
    ['"a b" = c', 'a b=c'],
    ['"a=b"', '<a=b>'],
    ['"a" IN (b)', 'a in [b]'],
    [
      'a.kubectl.kubernetes.io/last-applied=*\\"privileged\\":true*',
      'a.kubectl.kubernetes.io/last-applied=*"privileged":true*',
    ],
    ['a="x\\"y\\\\z\\|w\\s\\*"', 'a=<x"y\\z|w\\s\\*>'],
    ['a=x\\|y', 'a=x|y'],
    ['a=C:\\Windows\\*', 'a=C:\\Windows\\*'],
    ['a="x|y" b', '(and a=<x|y> b)'],
    ['a="[x]"', 'a=<[x]>'],
    ['a=x[0]', 'a=x[0]'],
    ['a\n=\n  b\tc', '(and a=b c)'],
  ],
  'what ends an unquoted value (§9)': [
    ['u=/x?a=b&c<d>e!f', 'u=/x?a=b&c<d>e!f'],
    ['u=a,b c', '(and u=a,b c)'],
    ['u=a"b c"', '(and u=a <b c>)'],
    ['u=a(b)', '(and u=a b)'],
    ['(u=a)', 'u=a'],
    ['wow! a!b', '(and wow! a!b)'],
    ['a=and b="OR"', '(and a=and b=<OR>)'],
    ['"AND" = "x"', 'AND=<x>'],
    ['u=a\u00a0b', 'u=a\u00a0b'],
  ],
  'bare words and phrases (§1.5)': [
    ['configmaps', 'configmaps'],
    ['"A shell was spawned"', '<A shell was spawned>'],
    ['fail* *', '(and fail* *)'],
    ['TERM(10.0.0.1)', 'term:10.0.0.1'],
    ['fe80::1', 'fe80::1'],
    ['-x', '-x'],
  ],
  'the command itself': [
    ['search a', 'a'],
    ['SEARCH (a)', 'a'],
    ['search "a"', '<a>'],
    ['search=5', 'search=5'],
    ['search = 5', 'search=5'],
    ['searching a', '(and searching a)'],
    ['search search', 'search'],
    ['| search a', 'a'],
    [' \n a', 'a'],
    ['search', '(and)'],
    ['stats count', '(and stats count)'],
  ],
};

for (const [section, cases] of Object.entries(sections)) {
  describe(section, () => {
    for (const [text, shape] of cases) {
      test(`${text} is ${shape}`, () => expect(termShape(termOf(text))).toBe(shape));
    }
  });
}

describe('what is refused, and where', () => {
  for (const [text, rule, at, message] of [
    ['a=OR', 'syntax', 'OR', '"OR" is a reserved word; write it in double quotes to look for the word'],
    ['a IN (IN)', 'syntax', 'IN', /reserved word/],
    ['AND b', 'syntax', 'AND', /reserved word/],
    ['AS', 'syntax', 'AS', /reserved word/],
    ['a OR', 'syntax', 'R', 'a term is expected, not the end of the search'],
    ['a AND | head', 'syntax', '|', 'a term is expected, not "|"'],
    ['NOT', 'syntax', 'T', /a term is expected/],
    ['=5', 'syntax', '=5', 'a term is expected, not "=5"'],
    ['a==5', 'syntax', '=5', 'a value is expected; one that begins with "=" needs double quotes'],
    ['a=>5', 'syntax', '>5', /one that begins with ">"/],
    ['a=', 'syntax', '=', 'a value is expected, not the end of the search'],
    ['a=(b OR c)', 'syntax', '(', 'one value is expected; write several as "field IN (a, b)"'],
    ['a IN x', 'syntax', 'x', 'a list in parentheses is expected, not "x"'],
    ['a IN (x y)', 'syntax', 'y', '"," or ")" is expected, not "y"'],
    ['a IN ()', 'syntax', ')', /a value is expected/],
    ['a IN (x,)', 'syntax', ')', /a value is expected/],
    ['(a', 'syntax', 'a', '")" is expected, not the end of the search'],
    ['a)', 'syntax', ')', 'nothing opens the parenthesis that ends here'],
    ['()', 'syntax', '()', 'nothing stands between these parentheses'],
    ['"a b', 'syntax', '"', 'nothing closes this quote (")'],
    ['a="b\\"', 'syntax', '"', /nothing closes/],
    ['""', 'syntax', '""', 'an empty text is in every event; leave it out'],
    ['""=a', 'syntax', '""', 'the name of a field may not be empty'],
    ['TERM()', 'syntax', ')', /what "TERM" is about is expected/],
    ['TERM(a b)', 'syntax', 'b', 'the ")" of "TERM(" is expected, not "b"'],
    ['a [search b | fields c]', 'unsupported-command', '[', /a subsearch .* not supported/],
    ['a=[search b]', 'unsupported-command', '[', /subsearch/],
    ['a earliest=-1h', 'unsupported-option', 'earliest', /^"earliest=" is not supported: the time/],
    ['"LATEST"=now', 'unsupported-option', '"LATEST"', /time/],
    ['a IN (x) starthoursago=3', 'unsupported-option', 'starthoursago', /time/],
    ['eventtype IN (x)', 'unsupported-option', 'eventtype', /event types are kept in Splunk/],
    ['tag=authentication', 'unsupported-option', 'tag', /tags are kept in Splunk/],
    [
      'sourcetype::x',
      'unsupported-option',
      'sourcetype::x',
      '"sourcetype::" is not supported; write "sourcetype=" and the value',
    ],
  ] as const) {
    test(text, () => {
      const found = readBadly(text);
      expect([found.rule, found.at]).toEqual([rule, at]);
      if (typeof message === 'string') expect(found.message).toBe(message);
      else expect(found.message).toMatch(message);
    });
  }
});

test('spans tell where terms, names and values are written', () => {
  const text = 'search  NOT (ab = "c d" OR e IN (f,g))';
  const term = termOf(text);
  const spans: string[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('start' in node && 'end' in node) spans.push(text.slice(Number(node.start), Number(node.end)));
    Object.values(node).forEach(visit);
  };
  visit(term);
  expect(spans.sort()).toEqual(
    [
      'NOT (ab = "c d" OR e IN (f,g)',
      'ab = "c d" OR e IN (f,g)',
      'ab = "c d"',
      'ab',
      '"c d"',
      'e IN (f,g)',
      'e',
      'f',
      'g',
    ].sort(),
  );
});
