import { expect, test } from 'vitest';
import { parseJson } from '../../../src/record/json.ts';
import { pathTexts } from '../../../src/detection/operators/json-path.ts';

function at(text: string, path: string): readonly string[] | undefined {
  const json = parseJson(text);
  return json === undefined ? undefined : pathTexts(json, path);
}

const pod =
  '{"kind":"Pod","spec":{"n":1.50,"on":true,"none":null,"containers":[{"image":"a"},{"image":"b"}]}}';

for (const [name, text, path, expected] of [
  ['a key', pod, 'kind', ['Pod']],
  ['a key in a key', pod, 'spec.n', ['1.50']],
  ['a boolean', pod, 'spec.on', ['true']],
  ['null is the text null', pod, 'spec.none', ['null']],
  ['every element', pod, 'spec.containers{}.image', ['a', 'b']],
  ['one element, from zero', pod, 'spec.containers{1}.image', ['b']],
  ['an element beyond the end', pod, 'spec.containers{2}.image', []],
  ['an object is its JSON text', pod, 'spec.containers{0}', ['{"image":"a"}']],
  ['an array is its JSON text', pod, 'spec.containers', ['[{"image":"a"},{"image":"b"}]']],
  ['each object of an array', pod, 'spec.containers{}', ['{"image":"a"}', '{"image":"b"}']],
  ['no such key', pod, 'spec.image', []],
  ['a part of a key', pod, 'spe', []],
  ['a key of an array without its mark', pod, 'spec.containers.image', []],
  ['elements of what is no array', pod, 'spec{}', []],
  ['an index of what is no array', pod, 'kind{0}', []],
  ['a key that holds dots and slashes', '{"k8s.io/x":{"y":"1"}}', 'k8s.io/x.y', ['1']],
  ['two ways of one path', '{"a.b":"1","a":{"b":"2"}}', 'a.b', ['1', '2']],
  ['the first of repeated keys', '{"a":"1","a":"2"}', 'a', ['1']],
  [
    'all repeated keys of what a client wrote',
    '{"requestObject":{"a":"1","a":"2"}}',
    'requestObject.a',
    ['1', '2'],
  ],
  ['an array at the top', '[{"a":1},{"a":2}]', '{}.a', ['1', '2']],
  ['arrays in arrays', '[[1,2],[3]]', '{}{}', ['1', '2', '3']],
  ['one of the arrays in arrays', '[[1,2],[3]]', '{0}{1}', ['2']],
  ['an attribute of XML', pod, 'kind{@id}', []],
  ['an empty path', pod, '', []],
] as const) {
  test(name, () => {
    expect(at(text, path)).toEqual(expected);
  });
}

test('at most 10,000 texts are found', () => {
  expect(at(`[${'1,'.repeat(20_000)}1]`, '{}')).toHaveLength(10_000);
});
