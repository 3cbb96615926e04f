import { expect, test } from 'vitest';
import { parseJson } from '../../src/record/json.ts';
import { fieldTexts } from '../../src/record/json-field.ts';

const cases: readonly (readonly [
  what: string,
  event: string,
  name: string,
  marked: string[],
  hidden: string[],
])[] = [
  ['a nested key', '{"a":{"b":"x"}}', 'a.b', ['x'], ['x']],
  ['a missing key', '{"a":{"b":"x"}}', 'a.c', [], []],
  ['a prefix of a key', '{"ab":"x"}', 'a', [], []],
  ['an object itself', '{"a":{"b":"x"}}', 'a', [], []],
  ['a number, as written', '{"a":4.03e2}', 'a', ['4.03e2'], ['4.03e2']],
  ['a boolean', '{"a":true}', 'a', ['true'], ['true']],
  ['null', '{"a":null}', 'a', ['null'], []],
  ['empty text', '{"a":""}', 'a', [''], ['']],
  ['a list by its name', '{"a":["x","y"]}', 'a', [], ['x', 'y']],
  ['a list by its elements', '{"a":["x","y"]}', 'a{}', ['x', 'y'], []],
  ['objects in a list', '{"a":[{"b":1},{"c":2},{"b":3}]}', 'a.b', [], ['1', '3']],
  ['objects in a list, marked', '{"a":[{"b":1},{"c":2},{"b":3}]}', 'a{}.b', ['1', '3'], []],
  ['lists in lists', '{"a":[["x"],[["y"]]]}', 'a', [], ['x', 'y']],
  ['lists in lists, marked', '{"a":[["x"],[["y"]]]}', 'a{}{}', ['x'], []],
  ['a list in a list by a dot', '{"a":[["x"]],"b":[{"c":"y"}]}', 'a{}.{}', [], []],
  ['a list by a dot', '{"a":["x"]}', 'a.{}', [], []],
  ['objects in a list without a dot', '{"b":[{"c":"y"}]}', 'b{}c', [], []],
  ['a key that holds dots', '{"a":{"k8s.io/x":"v"}}', 'a.k8s.io/x', ['v'], ['v']],
  ['two paths of one name: the first', '{"a.b":"x","a":{"b":"y"}}', 'a.b', ['x'], ['x']],
  ['two paths of one name, an object first', '{"a":{"b":"y"},"a.b":"x"}', 'a.b', ['y'], ['y']],
  ['an object that lacks it closes the name', '{"a":{"c":"y"},"a.b":"x"}', 'a.b', [], []],
  ['a value of another kind leaves the name open', '{"a":"y","a.b":"x"}', 'a.b', ['x'], ['x']],
  ['a list without it leaves the name open', '{"a":["y"],"a.b":"x"}', 'a.b', ['x'], ['x']],
  ['a list with it closes the name', '{"a":[{"b":"y"}],"a.b":"x"}', 'a.b', ['x'], ['y']],
  ['a marked list with it closes the name', '{"a":["y"],"a{}":"x"}', 'a{}', ['y'], ['x']],
  ['null leaves the name open where it is no value', '{"a.b":null,"a":{"b":"y"}}', 'a.b', ['null'], ['y']],
  [
    'two paths that a client wrote: both',
    '{"requestObject":{"a.b":"x","a":{"b":"y"}}}',
    'requestObject.a.b',
    ['x', 'y'],
    ['x', 'y'],
  ],
  ['a repeated key: the first', '{"a":"x","a":"y"}', 'a', ['x'], ['x']],
  ['a repeated key on the way: the first', '{"a":{"b":"x"},"a":{"b":"y"}}', 'a.b', ['x'], ['x']],
  [
    'a repeated key that a client wrote: all',
    '{"requestObject":{"m":"x","m":"y"}}',
    'requestObject.m',
    ['x', 'y'],
    ['x', 'y'],
  ],
  [
    'a repeated path that a client wrote: all',
    '{"responseObject":{"a":{"b":1},"a":{"b":2}}}',
    'responseObject.a.b',
    ['1', '2'],
    ['1', '2'],
  ],
  [
    'requestObject below the top is no client',
    '{"x":{"requestObject":{"m":1,"m":2}}}',
    'x.requestObject.m',
    ['1'],
    ['1'],
  ],
  [
    'requestObject itself, repeated: the first',
    '{"requestObject":{"m":1},"requestObject":{"m":2}}',
    'requestObject.m',
    ['1'],
    ['1'],
  ],
];

for (const [what, event, name, marked, hidden] of cases) {
  test(what, () => {
    const json = parseJson(event);
    expect(json === undefined ? undefined : fieldTexts(json, name, 'marked')).toEqual(marked);
    expect(json === undefined ? undefined : fieldTexts(json, name, 'hidden')).toEqual(hidden);
  });
}

test('a list a million levels deep is walked without a stack', () => {
  const depth = 1_000_000;
  const json = parseJson(`{"a":${'['.repeat(depth)}"x"${']'.repeat(depth)}}`);
  expect(json === undefined ? undefined : fieldTexts(json, 'a', 'hidden')).toEqual(['x']);
});
