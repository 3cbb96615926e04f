import { describe, expect, test } from 'vitest';
import type { Stage } from '../../../../../src/detection/plan/transform.ts';
import { call, column, errorsOf, lower, number, on, schedule, stagesOf, text } from './lower-fixture.ts';

test('searches before any other command choose events, later ones are filters', () => {
  const { lowered } = lower('a=1 | search b=2 | fillnull | search c=3');
  const is = (name: string, value: string): object => on(name, { op: 'equals', values: [value], fold: true });
  expect(lowered).toEqual({
    where: { kind: 'and', items: [is('a', '1'), is('b', '2')] },
    transform: {
      kind: 'transform',
      schedule,
      stages: [
        { kind: 'fill', columns: undefined, value: '0' },
        { kind: 'filter', where: is('c', '3') },
      ],
    },
  });
});

const key = (name: string, descending = false, as = 'auto'): object => ({ column: name, descending, as });
const rank = (order: 'top' | 'rare', more: object): object => ({
  kind: 'rank',
  order,
  columns: ['a'],
  by: [],
  limit: 10,
  countAs: 'count',
  percentAs: 'percent',
  ...more,
});
const dedup = (more: object): object => ({
  kind: 'dedup',
  count: 1,
  by: ['a'],
  keepEmpty: false,
  consecutive: false,
  order: [],
  ...more,
});

describe('a command is a stage, with the defaults of Splunk', () => {
  test.each<[string, object]>([
    ['where a > 5', { kind: 'keep', where: call('>', column('a'), number(5)) }],
    ['fillnull', { kind: 'fill', columns: undefined, value: '0' }],
    ['fillnull value="-" a, b', { kind: 'fill', columns: ['a', 'b'], value: '-' }],
    [
      'rename a AS b, c.* AS *',
      {
        kind: 'rename',
        pairs: [
          { from: 'a', to: 'b' },
          { from: 'c.*', to: '*' },
        ],
      },
    ],
    ['table a, b*', { kind: 'project', how: 'table', columns: ['a', 'b*'] }],
    ['fields a b', { kind: 'project', how: 'keep', columns: ['a', 'b'] }],
    ['fields - a', { kind: 'project', how: 'drop', columns: ['a'] }],
    ['dedup a', dedup({})],
    [
      'dedup 3 a b keepempty=true consecutive=t sortby -c',
      dedup({ count: 3, by: ['a', 'b'], keepEmpty: true, consecutive: true, order: [key('c', true)] }),
    ],
    ['sort a', { kind: 'sort', keys: [key('a')], limit: 10_000 }],
    [
      'sort 0 -a, num(b), str(c), ip(d)',
      {
        kind: 'sort',
        keys: [
          key('a', true),
          key('b', false, 'number'),
          key('c', false, 'text'),
          key('d', false, 'address'),
        ],
        limit: undefined,
      },
    ],
    ['head', { kind: 'head', count: 10 }],
    ['head 3', { kind: 'head', count: 3 }],
    ['top a', rank('top', {})],
    ['top limit=0 a by b', rank('top', { by: ['b'], limit: undefined })],
    ['rare 5 a showperc=f countfield=n', rank('rare', { limit: 5, countAs: 'n', percentAs: undefined })],
    ['rare a showcount=f', rank('rare', { countAs: undefined })],
    ['rex "(?<a>x)"', { kind: 'extract', column: '_raw', pattern: '(?P<a>x)', matches: 1 }],
    [
      'rex field=b max_match=0 "(?<a>x)"',
      { kind: 'extract', column: 'b', pattern: '(?P<a>x)', matches: undefined },
    ],
    [
      'rex field=b mode=sed "s/(?<d>\\d)/<\\1>/g"',
      {
        kind: 'substitute',
        column: 'b',
        pattern: '(?P<d>\\d)',
        replacement: '<\\1>',
        occurrence: undefined,
        fold: false,
      },
    ],
    ['regex "x+"', { kind: 'keep', where: call('match', column('_raw'), text('x+')) }],
    [
      'regex a!="x+"',
      {
        kind: 'keep',
        where: call('or', call('isnull', column('a')), call('not', call('match', column('a'), text('x+')))),
      },
    ],
    ['spath', { kind: 'spath', column: '_raw', take: undefined }],
    ['spath input=a path=b{}.c', { kind: 'spath', column: 'a', take: { path: 'b{}.c', as: 'b{}.c' } }],
    ['spath b output=d', { kind: 'spath', column: '_raw', take: { path: 'b', as: 'd' } }],
    ['iplocation ip', { kind: 'locate', column: 'ip', prefix: '', all: false }],
    ['iplocation prefix=p_ allfields=true ip', { kind: 'locate', column: 'ip', prefix: 'p_', all: true }],
    [
      'lookup paths path AS request OUTPUT found AS lfi',
      {
        kind: 'lookup',
        table: 'paths',
        match: [{ field: 'path', column: 'request' }],
        output: [{ field: 'found', as: 'lfi' }],
        overwrite: true,
      },
    ],
    [
      'lookup paths path OUTPUTNEW found',
      {
        kind: 'lookup',
        table: 'paths',
        match: [{ field: 'path', column: 'path' }],
        output: [{ field: 'found', as: 'found' }],
        overwrite: false,
      },
    ],
    [
      'lookup paths path',
      {
        kind: 'lookup',
        table: 'paths',
        match: [{ field: 'path', column: 'path' }],
        output: undefined,
        overwrite: true,
      },
    ],
    ['mvexpand a', { kind: 'expand', column: 'a', limit: undefined }],
    ['mvexpand a limit=3', { kind: 'expand', column: 'a', limit: 3 }],
    ['mvexpand a limit=0', { kind: 'expand', column: 'a', limit: undefined }],
  ])('%s', (written, expected) => {
    expect(stagesOf(written)).toEqual([expected]);
  });

  test('a search for everything is no stage', () => {
    expect(stagesOf('fillnull | search *')).toHaveLength(1);
  });
});

/** The one column that a command sets. */
function setBy(written: string): unknown {
  const stages = stagesOf(written);
  expect(stages).toHaveLength(1);
  const [stage] = stages;
  const columns = stage?.kind === 'extend' ? stage.columns : [];
  expect(columns).toHaveLength(1);
  return columns[0];
}

describe('commands that set columns', () => {
  const t = column('_time');
  const bin = (span: number): unknown =>
    call('coalesce', call('*', call('floor', call('/', t, number(span))), number(span)), t);

  test.each<[string, string, unknown]>([
    ['bin span=5m _time', '_time', bin(300)],
    ['bucket _time span=1h as hour', 'hour', bin(3_600)],
    ['bin _time span=d', '_time', bin(86_400)],
    ['bin _time span=2w', '_time', bin(1_209_600)],
    ['bin _time span=30', '_time', bin(30)],
    ['bin _time span=10seconds', '_time', bin(10)],
    [
      'convert timeformat="%Y" ctime(a)',
      'a',
      call('coalesce', call('strftime', call('floor', column('a')), text('%Y')), column('a')),
    ],
    [
      'convert ctime(a) as b',
      'b',
      call('coalesce', call('strftime', call('floor', column('a')), text('%m/%d/%Y %H:%M:%S')), column('a')),
    ],
    ['convert mktime(a)', 'a', call('strptime', column('a'), text('%m/%d/%Y %H:%M:%S'))],
    ['convert num(a)', 'a', call('tonumber', column('a'))],
    ['convert rmcomma(a)', 'a', call('replace', column('a'), text(','), text(''))],
    ['convert none(a)', 'a', column('a')],
    ['makemv a allowempty=true delim=","', 'a', call('split', column('a'), text(','))],
  ])('%s', (written, as, value) => {
    expect(setBy(written)).toEqual({ as, value });
  });

  test('bins of other columns than the time are ranges', () => {
    const a = column('a');
    const ten = number(10);
    const start = call('*', call('floor', call('/', a, ten)), ten);
    const range = call('.', call('.', start, text('-')), call('+', start, ten));
    expect(setBy('bin a span=10')).toEqual({ as: 'a', value: call('coalesce', range, a) });
  });

  test('makemv leaves empty parts out', () => {
    const a = column('a');
    expect(stagesOf('makemv a')).toEqual([
      {
        kind: 'extend',
        columns: [
          { as: 'a', value: call('split', a, text(' ')) },
          { as: 'a', value: call('mvfilter', call('!=', a, text(''))) },
        ],
      } satisfies Stage,
    ]);
  });
});

test('a lookup that is not there is a warning where the search is only checked', () => {
  const { lowered, complaints } = lower('* | lookup path a', 'warning');
  expect(complaints).toMatchObject([{ severity: 'warning', rule: 'unknown-lookup' }]);
  expect(lowered?.transform.stages).toMatchObject([{ kind: 'lookup', table: 'path' }]);
});

describe('refuses', () => {
  test.each([
    [
      'lookup path a',
      'unknown-lookup at "path": there is no lookup "path". Did you mean "paths"?; give its definition under "lookups"',
    ],
    ['lookup paths a* as b', expect.stringContaining('"a*" has a wildcard')],
    ['lookup paths a OUTPUT b, c as b', 'bad-value at "b": "b" is named twice as an output; once is enough'],
    ['fillnull a*', expect.stringContaining('"a*" has a wildcard')],
    ['rename a.* as b', expect.stringContaining('write as many on both sides')],
    ['rename a as b, a as c', 'bad-value at "a": "a" is renamed to "b" already; Splunk takes one name'],
    ['rename a** as b**', expect.stringContaining('two wildcards side by side')],
    ['dedup 0 a', expect.stringContaining('keeps at least one row')],
    ['dedup a a', expect.stringContaining('"a" is named twice in "dedup"')],
    ['sort a*', expect.stringContaining('"a*" has a wildcard')],
    ['top a*', expect.stringContaining('"a*" has a wildcard')],
    ['top a by a', expect.stringContaining('"a" is named twice in "top"')],
    [
      'top count',
      'bad-value at "top count": two columns would be called "count"; name another with "countfield" or "percentfield"',
    ],
    ['top a countfield=n percentfield=n', expect.stringContaining('two columns would be called "n"')],
    ['rex "x"', 'bad-pattern at ""x"": the pattern extracts nothing; name a group, as in "(?<name>...)"'],
    ['rex "(?<a>x)(?=y)"', expect.stringContaining('has no lookahead or lookbehind')],
    ['rex "(?<_KEY_1>x)(?<_VAL_1>y)"', expect.stringContaining('groups that name fields')],
    ['rex mode=sed "y/abc/xyz/"', expect.stringContaining('"y/../../" is not supported')],
    ['rex mode=sed "s/(/x/"', expect.stringContaining('missing closing )')],
    ['rex mode=sed max_match=2 "s/a/b/"', expect.stringContaining('"max_match" says nothing')],
    ['regex a="(?<!x)y"', expect.stringContaining('has no lookahead or lookbehind')],
    ['spath output=a', expect.stringContaining('write "path=" too')],
    ['iplocation ip*', expect.stringContaining('"ip*" has a wildcard')],
    [
      'convert auto(a)',
      'unknown-function at "auto": the conversion "auto" is not supported: it looks at all rows of a window; write "num(field)"',
    ],
    ['convert ctim(a)', 'unknown-function at "ctim": there is no conversion "ctim". Did you mean "ctime"?'],
    ['convert ctime(*)', expect.stringContaining('"*" has a wildcard')],
    ['makemv tokenizer="(a)" a', expect.stringContaining('"tokenizer" is not supported')],
    ['makemv delim="" a', expect.stringContaining('an empty text splits nothing')],
    ['bin _time', expect.stringContaining('"bin" without a span')],
    ['bin a bins=10', expect.stringContaining('"bin" without a span')],
    ['bin _time span=1mon', expect.stringContaining('months and "@" are not supported')],
    ['bin _time span=1d@d', expect.stringContaining('months and "@" are not supported')],
    ['bin _time span=0', expect.stringContaining('"0" is no span')],
    ['bin a span=1h', expect.stringContaining('spans of time are for "_time" only')],
    ['bin a span=2log10', expect.stringContaining('"2log10" is no span')],
    ['mvexpand a*', expect.stringContaining('"a*" has a wildcard')],
  ])('%s', (written, error) => {
    expect(errorsOf(`* | ${written}`)).toEqual([error]);
  });
});
