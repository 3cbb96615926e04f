import { describe, expect, test } from 'vitest';
import type { Calc } from '../../../../../src/detection/plan/calc.ts';
import { calcOf, call, column, errorsOf, number, stagesOf, text } from './lower-fixture.ts';

const [a, b, c] = ['a', 'b', 'c'].map(column) as [Calc, Calc, Calc];

describe('a value of eval', () => {
  test.each<[string, Calc]>([
    ['"create"', text('create')],
    ['1.50', number(1.5)],
    ["'user.groups{}'", column('user.groups{}')],
    ['a + b * c', call('+', a, call('*', b, c))],
    ['-a', call('negative', a)],
    ['a . "x"', call('.', a, text('x'))],
    ['ceil(a)', call('ceiling', a)],
    [
      'if(a > 5 AND b = 1 AND c = 2, a, null())',
      call(
        'if',
        call('and', call('>', a, number(5)), call('=', b, number(1)), call('=', c, number(2))),
        a,
        call('null'),
      ),
    ],
    [
      'if(NOT isnull(a) XOR b == "x", 1, 0)',
      call('if', call('xor', call('not', call('isnull', a)), call('=', b, text('x'))), number(1), number(0)),
    ],
    [
      'case(a = 1, "x", true(), "y")',
      call('case', call('=', a, number(1)), text('x'), call('true'), text('y')),
    ],
    ['if(a IN ("x", "y"), 1, 0)', call('if', call('in', a, text('x'), text('y')), number(1), number(0))],
    ['if(a LIKE "x%", 1, 0)', call('if', call('like', a, text('x%')), number(1), number(0))],
    ['if(match(a, "^(?<n>x)"), 1, 0)', call('if', call('match', a, text('^(?P<n>x)')), number(1), number(0))],
    ['replace(a, "(?<x>b)", "\\1")', call('replace', a, text('(?P<x>b)'), text('\\1'))],
    ['replace(a, b, c)', call('replace', a, b, c)],
    ['mvfilter(match(a, "x"))', call('mvfilter', call('match', a, text('x')))],
    [
      'if(cidrmatch("10.0.0.0/8", a), 1, 0)',
      call('if', call('cidrmatch', text('10.0.0.0/8'), a), number(1), number(0)),
    ],
    ['relative_time(now(), "-1d@d")', call('relative_time', call('now'), text('-1d@d'))],
    ['tonumber(a, 16)', call('tonumber', a, number(16))],
    ['tostring(a, "commas")', call('tostring', a, text('commas'))],
  ])('%s', (written, expected) => {
    expect(calcOf(written)).toStrictEqual(expected);
  });

  test('a long chain of one operator is one call', () => {
    const chain = Array.from({ length: 400 }, (_, index) => `a=${index}`).join(' OR ');
    const [stage] = stagesOf(`where ${chain}`);
    expect(stage).toMatchObject({ kind: 'keep', where: { name: 'or' } });
    expect(stage?.kind === 'keep' && stage.where.kind === 'call' && stage.where.args.length).toBe(400);
  });
});

test('eval sets its columns one after the other', () => {
  expect(stagesOf('eval x=a, y=x')).toEqual([
    {
      kind: 'extend',
      columns: [
        { as: 'x', value: a },
        { as: 'y', value: column('x') },
      ],
    },
  ]);
});

const notACondition = 'this is neither true nor false; compare it with something';

test.each([
  ['eval x=lowr(a)', 'unknown-function at "lowr": there is no function "lowr". Did you mean "lower"?'],
  ['eval x=mvzip(a, b)', 'unknown-function at "mvzip": the function "mvzip" is not supported'],
  ['eval x=negative(a)', expect.stringContaining('there is no function "negative"')],
  [
    'eval x=if(a=1, 2)',
    'argument-count at "if(a=1, 2)": "if" takes 3 arguments, not 2; it is written if(condition, then, else)',
  ],
  ['eval x=substr(a)', expect.stringContaining('"substr" takes 2 to 3 arguments, not 1')],
  ['eval x=coalesce()', expect.stringContaining('"coalesce" takes 1 or more arguments, not 0')],
  ['eval x=case(a=1, "x", "y")', expect.stringContaining('pairs of a condition and a value')],
  [
    'eval x=(a=1)',
    'bad-value at "a=1": a field cannot be true or false; write if(condition, "true", "false")',
  ],
  ['eval x=isnull(a)', expect.stringContaining('a field cannot be true or false')],
  ['eval user*=1', expect.stringContaining('has a wildcard where Splunk takes none')],
  ['where a', `bad-value at "a": ${notACondition}`],
  ['where a="x" OR "y"', `bad-value at ""y"": ${notACondition}`],
  ['where NOT len(a)', `bad-value at "len(a)": ${notACondition}`],
  ['eval x=if(a, 1, 0)', 'bad-value at "a": "if" takes a condition here; compare it with something'],
  ['eval x=case("a", 1)', expect.stringContaining('"case" takes a condition here')],
  [
    'where match(a, "(?=x)")',
    expect.stringMatching(/^bad-pattern at ""\(\?=x\)"": .*RE2.* has no lookahead/),
  ],
  [
    'where match(a, "(x")',
    expect.stringContaining('the pattern is not valid (RE2 syntax): missing closing )'),
  ],
  [
    'where cidrmatch("10.0.0.0", a)',
    'bad-value at ""10.0.0.0"": "10.0.0.0" is no network; write an address and a prefix length, such as "10.0.0.0/8"',
  ],
  ['eval x=relative_time(a, "yesterday")', expect.stringContaining('"yesterday" is no relative time')],
  ['eval x=tostring(a, "roman")', expect.stringContaining('there are "commas", "hex" and "duration"')],
  ['eval x=tonumber(a, 1)', expect.stringContaining('a base is a number from 2 to 36')],
  ['eval x=split(a, "")', expect.stringContaining('an empty text splits nothing')],
  ['eval x=mvfilter(a="x" OR b="y")', expect.stringContaining('"mvfilter" takes a condition on one field')],
  ['eval x=1e999', expect.stringContaining('"1e999" is not a number')],
])('refuses %s', (written, error) => {
  expect(errorsOf(`* | ${written}`)).toEqual([error]);
});

test('every mistake is told at once', () => {
  expect(errorsOf('* | eval x=foo(1), y=bar(2) | where match(a, "(")')).toHaveLength(3);
});
