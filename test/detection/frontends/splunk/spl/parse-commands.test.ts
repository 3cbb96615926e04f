import { describe, expect, test } from 'vitest';
import { readBadly, readWell, withoutSpans } from './spl-fixture.ts';

const word = (text: string) => ({ text });
const words = (...texts: readonly string[]) => texts.map(word);
const sorted = (field: string, descending = false, as = 'auto') => ({ field: word(field), descending, as });
const counted = (name: string, field?: string, as?: string) => ({
  name: word(name),
  argument: field === undefined ? undefined : { kind: 'field', field: word(field) },
  as: as === undefined ? undefined : word(as),
});
const by = (...fields: readonly string[]) => fields.map((field) => ({ field: word(field), span: undefined }));

const stats = { name: 'stats', by: [], dedupSplitvals: false };
const dedup = { name: 'dedup', count: undefined, keepEmpty: false, consecutive: false, order: [] };
const top = {
  name: 'top',
  limit: undefined,
  by: [],
  countField: undefined,
  percentField: undefined,
  showCount: true,
  showPercent: true,
};
const rex = { name: 'rex', field: undefined, mode: 'match', maxMatch: undefined };
const spath = { name: 'spath', input: undefined, path: undefined, output: undefined };
const lookup = { name: 'lookup', table: word('t'), output: 'all', outputs: [] };
const makemv = {
  name: 'makemv',
  field: word('a'),
  delimiter: undefined,
  tokenizer: undefined,
  allowEmpty: false,
};
const bin = { name: 'bin', field: word('a'), width: undefined, bins: undefined, as: undefined };
const field = (name: string) => ({ kind: 'field', name });

const cases: readonly (readonly [string, object])[] = [
  ['fillnull', { name: 'fillnull', value: undefined, fields: [] }],
  ['fillnull value="" a, b c{}.d', { name: 'fillnull', value: word(''), fields: words('a', 'b', 'c{}.d') }],
  ['FILLNULL Value = x', { name: 'fillnull', value: word('x'), fields: [] }],
  ['stats count', { ...stats, statistics: [counted('count')] }],
  ['stats Count() AS n', { ...stats, statistics: [counted('count', undefined, 'n')] }],
  [
    'stats count values(user.groups{}) as user_groups, dc("a b") BY x, y\n  z',
    {
      ...stats,
      statistics: [counted('count'), counted('values', 'user.groups{}', 'user_groups'), counted('dc', 'a b')],
      by: by('x', 'y', 'z'),
    },
  ],
  [
    'stats perc95( x ) by _time span=1h, a dedup_splitvals=T',
    {
      ...stats,
      statistics: [counted('perc95', 'x')],
      by: [{ field: word('_time'), span: word('1h') }, ...by('a')],
      dedupSplitvals: true,
    },
  ],
  [
    'stats dedup_splitvals=f count(eval(a)) as "n m"',
    {
      ...stats,
      statistics: [{ name: word('count'), argument: { kind: 'eval', value: field('a') }, as: word('n m') }],
    },
  ],
  [
    'eventstats max(a) by b',
    { ...stats, name: 'eventstats', statistics: [counted('max', 'a')], by: by('b') },
  ],
  ['stats values(by) by "by"', { ...stats, statistics: [counted('values', 'by')], by: by('by') }],
  [
    'rename a.* AS *, "b c" as d e as f',
    {
      name: 'rename',
      pairs: [
        { from: word('a.*'), to: word('*') },
        { from: word('b c'), to: word('d') },
        { from: word('e'), to: word('f') },
      ],
    },
  ],
  ['table a, b* "c d"', { name: 'table', fields: words('a', 'b*', 'c d') }],
  ['fields a', { name: 'fields', drop: false, fields: words('a') }],
  ['fields + a', { name: 'fields', drop: false, fields: words('a') }],
  ['fields - a, b', { name: 'fields', drop: true, fields: words('a', 'b') }],
  ['fields -a', { name: 'fields', drop: true, fields: words('a') }],
  ['dedup a b', { ...dedup, by: words('a', 'b') }],
  [
    'dedup 3 a keepempty=true consecutive=1 sortby -_time, + num(b)',
    {
      ...dedup,
      count: 3,
      by: words('a'),
      keepEmpty: true,
      consecutive: true,
      order: [sorted('_time', true), sorted('b', false, 'num')],
    },
  ],
  ['dedup "3"', { ...dedup, by: words('3') }],
  ['sort a', { name: 'sort', limit: undefined, fields: [sorted('a')] }],
  [
    'sort 0 -a, - b +c',
    { name: 'sort', limit: 0, fields: [sorted('a', true), sorted('b', true), sorted('c')] },
  ],
  [
    'sort limit=5 -ip(a), STR("b c")',
    { name: 'sort', limit: 5, fields: [sorted('a', true, 'ip'), sorted('b c', false, 'str')] },
  ],
  ['sort desc', { name: 'sort', limit: undefined, fields: [sorted('desc')] }],
  ['head', { name: 'head', count: undefined }],
  ['head 5', { name: 'head', count: 5 }],
  ['head limit=5', { name: 'head', count: 5 }],
  ['top a', { ...top, fields: words('a') }],
  ['top 5 a, b by c d', { ...top, limit: 5, fields: words('a', 'b'), by: words('c', 'd') }],
  [
    'rare limit=2 countfield=n percentfield="p q" showcount=f showperc=false a',
    {
      ...top,
      name: 'rare',
      limit: 2,
      fields: words('a'),
      countField: word('n'),
      percentField: word('p q'),
      showCount: false,
      showPercent: false,
    },
  ],
  ['rex "(?<a>\\d+|\\"\\|)"', { ...rex, pattern: word('(?<a>\\d+|"\\|)') }],
  [
    'rex field=_raw max_match=0 "a\\\\"',
    { ...rex, field: word('_raw'), maxMatch: 0, pattern: word('a\\\\') },
  ],
  ['rex "s/a/b/g" mode=sed field=x', { ...rex, field: word('x'), mode: 'sed', pattern: word('s/a/b/g') }],
  ['regex "a|b"', { name: 'regex', field: undefined, negated: false, pattern: word('a|b') }],
  ['regex a.b="^x"', { name: 'regex', field: word('a.b'), negated: false, pattern: word('^x') }],
  ['regex "a b" != "\\d"', { name: 'regex', field: word('a b'), negated: true, pattern: word('\\d') }],
  ['spath', spath],
  ['spath a.b{}', { ...spath, path: word('a.b{}') }],
  [
    'spath input=x output=y path=z{0}.w',
    { ...spath, input: word('x'), output: word('y'), path: word('z{0}.w') },
  ],
  [
    'iplocation sourceIPs{}',
    { name: 'iplocation', field: word('sourceIPs{}'), prefix: undefined, allFields: false },
  ],
  [
    'iplocation prefix=src_ allfields=true a',
    { name: 'iplocation', field: word('a'), prefix: word('src_'), allFields: true },
  ],
  ['lookup t a', { ...lookup, match: [{ field: word('a'), as: undefined }] }],
  [
    'lookup t a AS b, c OUTPUT d as e f',
    {
      ...lookup,
      match: [
        { field: word('a'), as: word('b') },
        { field: word('c'), as: undefined },
      ],
      output: 'output',
      outputs: [
        { field: word('d'), as: word('e') },
        { field: word('f'), as: undefined },
      ],
    },
  ],
  [
    'lookup t a outputnew d',
    {
      ...lookup,
      match: [{ field: word('a'), as: undefined }],
      output: 'outputnew',
      outputs: [{ field: word('d'), as: undefined }],
    },
  ],
  [
    'convert timeformat="%Y-%m" ctime(a), NUM(b) as c',
    {
      name: 'convert',
      timeFormat: word('%Y-%m'),
      conversions: [
        { function: word('ctime'), field: word('a'), as: undefined },
        { function: word('num'), field: word('b'), as: word('c') },
      ],
    },
  ],
  ['makemv a', makemv],
  ['makemv delim="," allowempty=t a', { ...makemv, delimiter: word(','), allowEmpty: true }],
  ['makemv tokenizer="([^,]+)" a', { ...makemv, tokenizer: word('([^,]+)') }],
  ['mvexpand a limit=3', { name: 'mvexpand', field: word('a'), limit: 3 }],
  ['bin a', bin],
  ['bucket span=5m a as b', { ...bin, width: word('5m'), as: word('b') }],
  ['bin a bins=7', { ...bin, bins: 7 }],
  [
    'eval a=b, "c d"=1, \'e.f\' = "x"',
    {
      name: 'eval',
      assignments: [
        { field: word('a'), value: field('b') },
        { field: word('c d'), value: { kind: 'number', text: '1' } },
        { field: word('e.f'), value: { kind: 'text', value: 'x' } },
      ],
    },
  ],
];

describe('commands are read with all their options', () => {
  for (const [text, command] of cases) {
    test(text, () => {
      const { commands } = readWell(`x | ${text}`);
      expect(commands.slice(1).map(withoutSpans)).toEqual([command]);
    });
  }
});

describe('what is refused, and where', () => {
  for (const [text, rule, at, message] of [
    ['stats allnum=t count', 'unsupported-option', 'allnum', 'option "allnum" of "stats" is not supported'],
    ['eventstats dedup_splitvals=t count', 'unsupported-option', 'dedup_splitvals', /"eventstats"/],
    ['top useother=t a', 'unsupported-option', 'useother', /not supported/],
    [
      'top limt=3 a',
      'unsupported-option',
      'limt',
      'option "limt" of "top" is not supported. Did you mean "limit"?',
    ],
    ['fillnull val=3 a', 'unsupported-option', 'val', /Did you mean "value"/],
    ['bin span=5m aligntime=earliest a', 'unsupported-option', 'aligntime', /not supported/],
    ['lookup local=true t a', 'unsupported-option', 'local', /not supported/],
    ['dedup a keepevents=true', 'unsupported-option', 'keepevents', /not supported/],
    ['iplocation lang=de a', 'unsupported-option', 'lang', /not supported/],
    ['rex offset_field=a "b"', 'unsupported-option', 'offset_field', /not supported/],
    ['rex mode=both "b"', 'bad-value', 'both', 'option "mode" is "sed", not "both"'],
    ['head (a=1)', 'unsupported-option', '(', '"head" with a condition is not supported'],
    ['sort a desc', 'unsupported-option', 'desc', /write "-" before each field/],
    ['eval {a}=1', 'unsupported-option', '{a}', /takes its name from another field's value/],
    ['head ten', 'bad-value', 'ten', '"head" takes a count, not "ten"'],
    ['head limit=ten', 'bad-value', 'ten', 'option "limit" is a whole number, not "ten"'],
    ['head 5 limit=6', 'syntax', '6', /given twice/],
    ['head limit=5 limit=6', 'syntax', 'limit', 'option "limit" is given twice'],
    [
      'makemv allowempty=maybe a',
      'bad-value',
      'maybe',
      'option "allowempty" is "true" or "false", not "maybe"',
    ],
    ['makemv delim=, a', 'syntax', ',', 'a value is expected, not ","'],
    ['makemv delim="," tokenizer="a" a', 'syntax', '"a"', /not both/],
    ['sort foo(a)', 'bad-value', 'foo', /compares as "auto", "num", "str" or "ip", not as "foo"/],
    ['sort 99999999999 a', 'bad-value', '99999999999', /too large/],
    ['sort 5', 'syntax', '5', 'a field to sort by is expected, not the end of the search'],
    ['stats', 'syntax', 's', /a function behind "stats", such as "count" is expected/],
    ['stats by a', 'syntax', 'a', /a function behind "stats"/],
    ['stats count by', 'syntax', 'y', /a field behind "by" is expected/],
    ['stats sum', 'syntax', 'sum', '"sum" needs a field in parentheses, "values(field)" for instance'],
    ['stats sum(a', 'syntax', 'a', '")" behind the field is expected, not the end of the search'],
    ['stats sum(a, b)', 'syntax', ',', /"\)" behind the field is expected, not ","/],
    ['stats count(eval(a) as b', 'syntax', 'as', /"\)" behind "eval\(...\)" is expected/],
    ["stats count by 'a b'", 'syntax', "'a", /single quotes are for "eval" and "where"/],
    ['stats count by a by b', 'syntax', 'by', /a field is expected, not "by"/],
    ['stats count by a as b', 'syntax', 'as', /a field is expected, not "as"/],
    ['top a by b by c', 'syntax', 'by', /a field is expected, not "by"/],
    ['table a AS b', 'syntax', 'AS', /a field is expected, not "AS"/],
    ['fillnull a by b', 'syntax', 'by', /a field is expected, not "by"/],
    ['stats count as', 'syntax', 's', /a name is expected/],
    ['rename a b', 'syntax', 'a', '"as" and a name are expected behind "a"'],
    [
      'rename as b',
      'syntax',
      'as',
      'a field is expected, not "as"; a field of that name needs double quotes',
    ],
    ['rename a as', 'syntax', 's', /a name behind "as" is expected/],
    ['rename', 'syntax', 'e', /a field behind "rename" is expected/],
    ['table', 'syntax', 'e', /a field behind "table" is expected/],
    ['table a=b', 'unsupported-option', 'a', /option "a" of "table"/],
    ['table (a)', 'syntax', '(', 'a name is expected, not "("'],
    ['table a"b"', 'syntax', '"b"', /in the middle of a word/],
    ['table ""', 'syntax', '""', 'a name may not be empty'],
    ['table [x]', 'unsupported-command', '[', /subsearch/],
    ['dedup', 'syntax', 'p', /a field behind "dedup" is expected/],
    ['top by a', 'syntax', 'a', /a field behind "top" is expected/],
    ['top a by', 'syntax', 'y', /a field behind "by" is expected/],
    ['rex', 'syntax', 'x', 'a pattern in double quotes is expected, not the end of the search'],
    ['rex (?<a>b)', 'syntax', '(', /a pattern in double quotes is expected/],
    ['rex "a" "b"', 'syntax', '"b"', '"rex" takes one pattern only'],
    ['regex a', 'syntax', 'a', /"=" or "!=" behind the field "a" is expected/],
    ['regex a=b', 'syntax', 'b', /a pattern in double quotes is expected/],
    ['spath a b', 'syntax', 'b', '"spath" takes one path only'],
    ['spath path=a b', 'syntax', 'b', '"spath" takes one path only'],
    ['iplocation', 'syntax', 'n', /a field behind "iplocation" is expected/],
    ['mvexpand a b', 'syntax', 'b', '"mvexpand" takes one field only'],
    ['bin a b', 'syntax', 'b', '"bin" takes one field only'],
    ['lookup', 'syntax', 'p', /the name of a lookup is expected/],
    ['lookup t', 'syntax', 't', /a field of the lookup "t" to match is expected/],
    ['lookup t a OUTPUT', 'syntax', 'T', /a field of the lookup "t" is expected/],
    ['lookup t a OUTPUT b OUTPUTNEW c', 'syntax', 'OUTPUTNEW', /a field is expected, not "OUTPUTNEW"/],
    ['convert', 'syntax', 't', /a function behind "convert"/],
    ['convert ctime', 'syntax', 'e', /"\(" behind the function "ctime" is expected/],
    ['eval', 'syntax', 'l', /a name is expected/],
    ['eval a', 'syntax', 'a', /"=" behind the field "a" is expected/],
    ['eval a=1,', 'syntax', ',', /a name is expected/],
    ["eval ''=1", 'syntax', "''", 'the name of a field may not be empty'],
  ] as const) {
    test(text, () => {
      const found = readBadly(`x | ${text}`);
      expect([found.rule, found.at]).toEqual([rule, at]);
      if (typeof message === 'string') expect(found.message).toBe(message);
      else expect(found.message).toMatch(message);
    });
  }
});
