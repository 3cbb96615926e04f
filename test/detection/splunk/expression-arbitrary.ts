import fc from 'fast-check';
import { pick } from './term-arbitrary.ts';

const joined = (...parts: readonly (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> =>
  fc
    .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part)))
    .map((texts) => texts.join(''));

const textField = pick('verb', "'user.username'", "'objectRef.name'", "'objectRef.resource'");
const listField = pick("'user.groups{}'", "'sourceIPs{}'", "'containers{}.image'");
const text = pick('"get"', '"a"', '"admin"', '"pods"', '"10"', '""', '"g1"');
const number = pick('0', '1', '2', '10', '2.5', '403');

type Kinds = {
  readonly condition: string;
  readonly text: string;
  readonly number: string;
  readonly list: string;
};

const kinds = fc.letrec<Kinds>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 3, arbitrary: joined(textField, pick('=', '==', '!=', '<', '>='), text) },
    { weight: 3, arbitrary: joined('n', pick('=', '!=', '<', '>', '<=', '>='), number) },
    { weight: 1, arbitrary: joined(listField, pick('=', '!='), text) },
    { weight: 1, arbitrary: joined("'responseStatus.code'", pick('=', '<'), pick('403', '"403"')) },
    { weight: 1, arbitrary: joined(tie('number'), pick('=', '<', '>'), tie('number')) },
    {
      weight: 1,
      arbitrary: joined(pick('isnull', 'isnotnull'), '(', fc.oneof(textField, listField, pick('n')), ')'),
    },
    {
      weight: 1,
      arbitrary: joined(
        'match(',
        fc.oneof(textField, listField),
        ',',
        pick('"^a"', '"g."', String.raw`"\d"`),
        ')',
      ),
    },
    {
      weight: 1,
      arbitrary: joined('like(', fc.oneof(textField, listField), ',', pick('"a%"', '"%e%"', '"_"'), ')'),
    },
    { weight: 1, arbitrary: joined(textField, pick(' LIKE ', ' like '), pick('"g%"', '"%"')) },
    { weight: 1, arbitrary: joined('in(', fc.oneof(textField, listField), ',"a","g1","get")') },
    { weight: 1, arbitrary: joined(textField, ' IN ("pods", "b")') },
    { weight: 1, arbitrary: pick('true()', 'false()', 'isnull(null())') },
    { weight: 1, arbitrary: joined('cidrmatch("10.0.0.0/8", \'sourceIPs{}\')') },
    {
      weight: 2,
      arbitrary: joined(tie('condition'), pick(' AND ', ' OR ', ' XOR ', ' and ', ' or '), tie('condition')),
    },
    { weight: 1, arbitrary: joined('NOT (', tie('condition'), ')') },
    { weight: 1, arbitrary: joined('(', tie('condition'), ')') },
  ),
  text: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 3, arbitrary: textField },
    { weight: 2, arbitrary: text },
    {
      weight: 2,
      arbitrary: joined(
        pick('lower', 'upper', 'md5', 'sha1', 'sha256', 'trim', 'urldecode'),
        '(',
        textField,
        ')',
      ),
    },
    { weight: 2, arbitrary: joined('if(', tie('condition'), ',', tie('text'), ',', tie('text'), ')') },
    { weight: 1, arbitrary: joined('case(', tie('condition'), ',', tie('text'), ',true(),', text, ')') },
    { weight: 2, arbitrary: joined('coalesce(', textField, ',', text, ')') },
    { weight: 1, arbitrary: joined(textField, ' . ', pick('"-"', "'user.username'")) },
    {
      weight: 1,
      arbitrary: joined('substr(', textField, ',', pick('1', '2', '-2'), pick('', ',1', ',2'), ')'),
    },
    { weight: 1, arbitrary: joined('replace(', textField, pick(',"e","E")', String.raw`,"(.)e","\1-")`)) },
    { weight: 1, arbitrary: joined('mvjoin(', listField, pick(',",")', ',"")')) },
    { weight: 1, arbitrary: joined('mvindex(', listField, pick(',0)', ',-1)')) },
    {
      weight: 1,
      arbitrary: joined('tostring(', tie('number'), pick(')', ',"hex")', ',"commas")', ',"duration")')),
    },
    {
      weight: 1,
      arbitrary: joined('typeof(', fc.oneof(textField, pick('n', 'Verb', 'null()', '1=1', '12')), ')'),
    },
    {
      weight: 1,
      arbitrary: joined(
        'strftime(_time,',
        pick('"%Y-%m-%dT%H:%M:%S"', '"%d/%b/%y %I %p"', '"%A %B %e %j %F %T.%3N %z %Z %%"', '"%H"'),
        ')',
      ),
    },
    { weight: 1, arbitrary: joined('printf(', pick('"%05.1f"', '"%d"', '"%-4s|"'), ',coalesce(n,7))') },
    { weight: 1, arbitrary: joined('json_extract(j,', pick('"k"', '"m{0}"', '"o.p"'), ')') },
    { weight: 1, arbitrary: joined('rtrim(ltrim(', textField, pick(',"a"),"n")', '))')) },
  ),
  number: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 3, arbitrary: pick('n') },
    { weight: 2, arbitrary: number },
    { weight: 1, arbitrary: joined('(', tie('number'), pick('+', '-', '*'), tie('number'), ')') },
    { weight: 1, arbitrary: joined('(', tie('number'), pick('/2', '/0', '%4'), ')') },
    { weight: 1, arbitrary: joined('len(', textField, ')') },
    { weight: 1, arbitrary: joined('mvcount(', listField, ')') },
    { weight: 1, arbitrary: joined(pick('floor', 'ceiling', 'abs', 'round'), '(', tie('number'), ')') },
    { weight: 1, arbitrary: joined(pick('min', 'max'), '(', tie('number'), ',', tie('number'), ')') },
    { weight: 1, arbitrary: joined('tonumber(', pick('n', "'responseStatus.code'", '"ff",16', '"x"'), ')') },
    {
      weight: 1,
      arbitrary: pick(
        'now()',
        'relative_time(now(),"-1h@h")',
        'relative_time(_time,"@d")',
        'strptime("2026-04-12","%Y-%m-%d")',
      ),
    },
  ),
  list: fc.oneof(
    { weight: 1, arbitrary: listField },
    { weight: 1, arbitrary: joined('split(coalesce(', textField, ',"a,b"),', pick('","', '"e"'), ')') },
    { weight: 1, arbitrary: joined('mvappend(', textField, ',', listField, ',', text, ')') },
    { weight: 1, arbitrary: joined('mvdedup(', listField, ')') },
    {
      weight: 1,
      arbitrary: joined('mvfilter(', pick('match(\'user.groups{}\',"^g")', '\'sourceIPs{}\'!="::1"'), ')'),
    },
  ),
}));

/** What `where` takes. */
export const condition: fc.Arbitrary<string> = kinds.condition;

/** What `eval` sets a column to. */
export const expression: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: kinds.text },
  { weight: 2, arbitrary: kinds.number },
  { weight: 1, arbitrary: kinds.list },
);
