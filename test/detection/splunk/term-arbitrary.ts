import fc from 'fast-check';

export const pick = (...texts: readonly [string, ...string[]]): fc.Arbitrary<string> =>
  fc.constantFrom(...texts);

/** Fields of one value at most, as events have them. */
export const plainField = pick(
  'verb',
  'objectRef.resource',
  'objectRef.name',
  'responseStatus.code',
  'user.username',
  'n',
  'annotations.authorization.k8s.io/decision',
);

export const listField = pick('sourceIPs{}', 'user.groups{}', 'containers{}.image');

export const anyField = fc.oneof(
  { weight: 10, arbitrary: plainField },
  { weight: 5, arbitrary: listField },
  { weight: 1, arbitrary: pick('x', 'src', 'Verb', 'on', 'City', 'source') },
);

export const by: fc.Arbitrary<string> = fc
  .tuple(fc.uniqueArray(anyField, { minLength: 1, maxLength: 3 }), pick(' ', ', ', ','))
  .map(([names, separator]) => names.join(separator));

const plainValue = pick(
  'get',
  'GET',
  'create',
  'pods',
  'secrets',
  '403',
  '"403"',
  '403.0',
  '200',
  'admin',
  'a',
  'g1',
  'null',
  'forbid',
  'true',
  '0',
  '""',
  '"a b"',
  '10.0.0.1',
  '2.5',
  '9',
  '10',
);

const value = fc.oneof(
  { weight: 4, arbitrary: plainValue },
  { weight: 2, arbitrary: pick('*', 'a*', '*dmin', '"g*"', '*e*', '40*', 's*s', '"* *"', '34.*') },
  { weight: 1, arbitrary: pick('10.0.0.0/8', '"0.0.0.0/0"', '::/0', '10.0.0.1/32') },
);

const fieldName = fc.oneof(
  { weight: 4, arbitrary: anyField },
  { weight: 1, arbitrary: anyField.map((name) => `"${name}"`) },
);

const comparison = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fieldName, pick('=', '!=', ' = '), value).map((parts) => parts.join('')) },
  {
    weight: 1,
    arbitrary: fc.tuple(fieldName, pick('<', '<=', '>', '>='), plainValue).map((parts) => parts.join('')),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fieldName, fc.array(value, { minLength: 1, maxLength: 3 }))
      .map(([name, values]) => `${name} IN (${values.join(', ')})`),
  },
  {
    weight: 1,
    arbitrary: pick(
      'pods',
      'FORBID',
      'config*',
      '"splunk-x"',
      '"etc/passwd"',
      'p*s',
      'TERM(403)',
      'CASE(Create)',
      '"pods are secrets"',
      '*',
      'assw',
    ),
  },
);

/** An expression of `search`. */
export const terms: fc.Arbitrary<string> = fc.letrec<{ group: string; one: string }>((tie) => ({
  one: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 5, arbitrary: comparison },
    { weight: 2, arbitrary: tie('one').map((text) => `NOT ${text}`) },
    { weight: 1, arbitrary: tie('group').map((text) => `(${text})`) },
  ),
  group: fc
    .tuple(tie('one'), fc.array(fc.tuple(pick(' ', ' AND ', ' OR '), tie('one')), { maxLength: 2 }))
    .map(([first, more]) => first + more.flat().join('')),
})).group;
