import { describe, expect, test } from 'vitest';
import { call, missing, run } from './run-calc.ts';

const json =
  '{"name":"web","n":1.50,"ok":true,"none":null,"meta":{"a.b":1,"labels":{"x":"y"}},' +
  '"list":[{"image":"i1"},{"image":"i2"},{"other":[1,2]}],"empty":[]}';

describe('json_extract', () => {
  for (const [path, expected] of [
    ['name', 'web'],
    ['n', '1.50'],
    ['ok', 'true'],
    ['none', null],
    ['meta.labels.x', 'y'],
    ['meta.labels', '{"x":"y"}'],
    ['meta.a.b', null],
    ['list{0}.image', 'i1'],
    ['list{1}', '{"image":"i2"}'],
    ['list{9}', null],
    ['list{}.image', '["i1","i2"]'],
    ['list{2}.other{}', '["1","2"]'.replaceAll('"', '')],
    ['list{}.nothing', null],
    ['empty', '[]'],
    ['name.deeper', null],
    ['list.image', null],
    ['list{x}', null],
    ['name}', null],
    ['', null],
  ] as const) {
    test(`"${path}"`, () => expect(run(call('json_extract', json, path))).toBe(expected));
  }

  for (const [name, calc, expected] of [
    ['without a path all of it', call('json_extract', ' {"a" : [1, 2.0]} '), '{"a":[1,2.0]}'],
    ['several paths make an array', call('json_extract', json, 'name', 'nope', 'n'), '["web",null,1.50]'],
    ['what is not JSON', call('json_extract', '{"a":', 'a'), null],
    ['a missing text', call('json_extract', missing, 'a'), null],
    ['a missing path', call('json_extract', json, missing), null],
    ['the first of equal keys', call('json_extract', '{"a":1,"a":2}', 'a'), '1'],
    ['a text', call('json_extract', '"a"'), 'a'],
  ] as const) {
    test(name, () => expect(run(calc)).toBe(expected));
  }

  test('an event may be deep or long', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(run(call('json_extract', deep))).toBe(deep);
    const long = `[${'1,'.repeat(400_000)}1]`;
    expect(run(call('json_extract', long))).toBe(long);
  });
});
