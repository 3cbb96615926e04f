import fc from 'fast-check';
import { condition, expression } from './expression-arbitrary.ts';
import { anyField, by, listField, pick, plainField, terms } from './term-arbitrary.ts';

/** Something so often as `there` to `gone`, else nothing. */
const optional = (arbitrary: fc.Arbitrary<string>, there = 1, gone = 1): fc.Arbitrary<string> =>
  fc.oneof({ weight: gone, arbitrary: fc.constant('') }, { weight: there, arbitrary });

const joined = (
  separator: string,
  ...parts: readonly (string | fc.Arbitrary<string>)[]
): fc.Arbitrary<string> =>
  fc
    .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part)))
    .map((texts) => texts.filter((text) => text !== '').join(separator));

const words = (...parts: readonly (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> =>
  joined(' ', ...parts);

const fields = (arbitrary: fc.Arbitrary<string>, most: number, separator = ' '): fc.Arbitrary<string> =>
  fc.uniqueArray(arbitrary, { minLength: 1, maxLength: most }).map((names) => names.join(separator));

const numberField = pick('n', 'total', 'count');

/** What a statistic is, however it is written: Splunk takes each of a field only once. */
const sense = (call: string): string =>
  call
    .replace('mean', 'avg')
    .replace('distinct_count', 'dc')
    .replaceAll(/eval|[()']/g, '');

/** Statistics, each with a name of its own. */
const measures = fc
  .uniqueArray(
    fc.oneof(
      { weight: 2, arbitrary: fc.constant('count') },
      {
        weight: 4,
        arbitrary: joined(
          '',
          pick('values', 'dc', 'distinct_count', 'count', 'estdc', 'list'),
          anyField.map((name) => `(${name})`),
        ),
      },
      { weight: 2, arbitrary: joined('', pick('min', 'max'), pick('(n)', '(_time)', '(user.username)')) },
      {
        weight: 3,
        arbitrary: joined(
          '',
          pick('sum', 'avg', 'mean', 'range', 'median', 'perc50', 'p90', 'perc100', 'mode'),
          '(n)',
        ),
      },
      { weight: 1, arbitrary: joined('', pick('stdev', 'var'), '(n)') },
      {
        weight: 2,
        arbitrary: joined(
          '',
          pick('first', 'last', 'earliest', 'latest'),
          pick('(verb)', '(n)', '(user.username)'),
        ),
      },
      { weight: 1, arbitrary: joined('', 'count(eval(', condition, '))') },
      { weight: 1, arbitrary: joined('', pick('values', 'dc'), '(eval(', expression, '))') },
    ),
    { minLength: 1, maxLength: 3, selector: sense },
  )
  .chain((calls) =>
    fc.tuple(
      ...calls.map((call, index) =>
        call === 'count' ? pick(call, 'c AS count') : pick(...named(call, index)),
      ),
    ),
  )
  .map((calls) => calls.join(' '));

/** An expression has no name that could be relied on; a plain field's may stay as it is, or be the field's. */
const named = (call: string, index: number): readonly [string, ...string[]] => {
  const renamed = `${call} as m${index}`;
  return call.includes('(eval(') ? [renamed] : [call, renamed];
};

const tableCommand: fc.Arbitrary<string> = fc.oneof(
  { weight: 10, arbitrary: words('stats', measures, optional(words(pick('by', 'BY'), by))) },
  { weight: 1, arbitrary: words('stats dedup_splitvals=true count by', fields(listField, 2)) },
  { weight: 1, arbitrary: words('stats count by _time span=10m') },
  { weight: 2, arbitrary: words('eventstats', measures, optional(words('by', fields(plainField, 2)))) },
  {
    weight: 1,
    arbitrary: words(
      'dedup',
      optional(pick('1', '2')),
      by,
      optional(pick('keepempty=true', 'consecutive=true', 'sortby -n')),
    ),
  },
  {
    weight: 1,
    arbitrary: words(
      'sort',
      optional(pick('0', '1', '3')),
      optional(pick('-', '+')).chain((sign) => fields(plainField, 2).map((names) => sign + names)),
    ),
  },
  { weight: 1, arbitrary: words('head', optional(pick('1', '2', '5'))) },
  {
    weight: 1,
    arbitrary: words(
      pick('top', 'rare'),
      optional(pick('limit=1', 'limit=3', '2')),
      fields(pick('sourceIPs{}', 'user.groups{}', 'objectRef.name', 'responseStatus.code', 'n'), 2),
      optional(pick('by verb', 'by user.username')),
      optional(pick('showperc=f', 'showcount=false', 'countfield=hits percentfield=share')),
    ),
  },
);

const rowCommand: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: words('search', terms) },
  { weight: 4, arbitrary: words('where', condition) },
  { weight: 5, arbitrary: joined('', 'eval ', pick('x', 'y', 'verb', 'n'), '=', expression) },
  { weight: 6, arbitrary: fc.constant('fillnull') },
  {
    weight: 2,
    arbitrary: words(
      'fillnull',
      optional(pick('value=none', 'value="a b"')),
      optional(fields(plainField, 2)),
    ),
  },
  { weight: 3, arbitrary: words('rename', anyField, pick('as', 'AS'), pick('src', 'user', 'verb', 'x')) },
  {
    weight: 1,
    arbitrary: words(
      'rename',
      pick('objectRef.* AS *', 'user.* as u.*', 'responseStatus.* AS *', 'objectRef.* as user.*'),
    ),
  },
  { weight: 1, arbitrary: words('table', fields(anyField, 4)) },
  {
    weight: 1,
    arbitrary: words(
      'fields',
      optional(pick('-')),
      fields(fc.oneof(anyField, pick('user.*', '*Ref*')), 3, ', '),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      String.raw`rex field=t "(?<k>\w)=(?<v>\d)"`,
      String.raw`rex field=t max_match=0 "(?<k>\w)=(?<v>\d)"`,
      String.raw`rex field=t "^(?<method>[A-Z]+)\s(?<path>\S*)"`,
      'rex field=t mode=sed "s/a/A/g"',
      String.raw`rex "\"verb\":\"(?<spoken>\w+)\""`,
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom('regex t="^[A-Z]+ "', 'regex user.username="^a"') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'spath input=j',
      'spath input=j path=k',
      'spath input=j output=o path=m{}',
      'spath input=j output=o path=m{1}',
    ),
  },
  { weight: 2, arbitrary: fc.constantFrom('iplocation sourceIPs{}', 'iplocation prefix=at_ sourceIPs{}') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'lookup paths pattern AS t OUTPUT verdict',
      'lookup paths pattern as t OUTPUTNEW verdict AS y',
      'lookup owners user AS user.username',
      'lookup nets net AS sourceIPs{} OUTPUT zone',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'convert ctime(_time) as when',
      'convert timeformat="%Y-%m-%dT%H:%M:%S" ctime(_time)',
      'convert num(n) as x',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'makemv delim="," t',
      'makemv delim="," allowempty=true t',
      'makemv delim=";" t',
    ),
  },
  {
    weight: 1,
    arbitrary: words('mvexpand', optional(pick('limit=1')), listField).map((text) =>
      text.replace(/(limit=1) (.*)/, '$2 $1'),
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom('bin _time span=10m', 'bucket span=1h _time as hour') },
  { weight: 2, arbitrary: joined('', 'where ', numberField, pick('>', '>=', '<', '='), pick('1', '2', '5')) },
);

/** A search as ESCU writes them, and as it does not: a base search, then commands of all kinds. */
export const searchText: fc.Arbitrary<string> = fc
  .tuple(
    optional(terms, 1, 2),
    fc.array(rowCommand, { maxLength: 3 }),
    optional(tableCommand, 6),
    fc.array(rowCommand, { maxLength: 2 }),
    optional(tableCommand, 1, 4),
  )
  .map(([base, before, grouping, behind, last]) => {
    const commands = [...before, grouping, ...behind, last].filter((text) => text !== '');
    return [`source="kubernetes" ${base}`.trim(), ...commands].join(' | ');
  });
