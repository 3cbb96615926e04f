/** JSON values that parsers, walkers and copiers of objects have tripped over (spec/reliability.md P6), as text. */
const hostileShapes: readonly (readonly [what: string, json: string])[] = [
  ['nested 1,000 deep', `${'['.repeat(1_000)}${']'.repeat(1_000)}`],
  ['nested 1,000,000 deep', `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`],
  ['objects nested 100,000 deep', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
  ['1,000,000 small objects', `[${'{},'.repeat(1_000_000)}{}]`],
  ['100,000 keys', `{${Array.from({ length: 100_000 }, (_, key) => `"key${key}":1`).join(',')}}`],
  ['100,000 times the same key', `{${'"key":1,'.repeat(100_000)}"key":2}`],
  ['a text of 15 MB', `"${'x'.repeat(15_000_000)}"`],
  ['a text of a million escapes', `"${'\\u0041'.repeat(1_000_000)}"`],
  ['a key of 1 MB', `{"${'k'.repeat(1_000_000)}":1}`],
  ['a prototype', '{"__proto__":{"verb":"create","polluted":true}}'],
  ['a constructor', '{"constructor":{"prototype":{"polluted":true}}}'],
  ['names of methods', '{"toString":1,"valueOf":2,"hasOwnProperty":3,"then":4,"toJSON":5}'],
  ['a huge number', '1e400'],
  ['a number of 1 MB', '9'.repeat(1_000_000)],
  ['an integer above 2^63', '9223372036854775809'],
  ['a tiny number', '-1e-400'],
  ['lone surrogates', '"\\ud800\\udfff\\udc00"'],
  ['NUL and control characters', '"\\u0000\\u0001\\u001f\\u007f"'],
  ['empty keys', '{"":{"":{"":[]}}}'],
  ['dots and braces in keys', '{"a.b":1,"a{}":2,"a{}.b":3,"{}":4}'],
];

/** The same shapes as a member of the event, of its body, and of its user. */
export const hostileMembers: readonly (readonly [what: string, insert: (event: string) => string])[] =
  hostileShapes.flatMap(([what, json]) => [
    [`${what}, in the event`, (event: string) => `${event.slice(0, -1)},"hostile":${json}}`],
    [
      `${what}, in the body`,
      (event: string) => event.replace('"requestObject":{', () => `"requestObject":{"hostile":${json},`),
    ],
    [
      `${what}, in the user`,
      (event: string) => event.replace('"user":{', () => `"user":{"extra":{"hostile":${json}},`),
    ],
  ]);
