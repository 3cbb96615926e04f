import fc from 'fast-check';
import { expect, test } from 'vitest';
import { merge } from '../../../src/service/config/merge.ts';
import type { Node } from '../../../src/service/config/node.ts';
import { toPlain } from '../../../src/service/config/plain.ts';

type Plain = null | string | Plain[] | { [key: string]: Plain };

function nodeOf(value: Plain, file: string): Node {
  const common = { place: { file, line: 1, column: 1 }, text: undefined };
  if (Array.isArray(value))
    return { ...common, kind: 'list', items: value.map((item) => nodeOf(item, file)) };
  if (value === null || typeof value === 'string') return { ...common, kind: 'scalar', value };
  const entries = Object.entries(value).map(
    ([key, item]) => [key, { place: common.place, value: nodeOf(item, file) }] as const,
  );
  return { ...common, kind: 'map', entries: new Map(entries) };
}

/** What merging means, said once more. */
function expected(left: Plain, right: Plain): Plain {
  if (left === null || right === null || typeof left === 'string' || typeof right === 'string') return right;
  if (Array.isArray(left) || Array.isArray(right)) return right;
  const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  return Object.fromEntries(
    keys.map((key) => {
      const [a, b] = [left[key], right[key]];
      return [key, a === undefined ? (b ?? null) : b === undefined ? a : expected(a, b)];
    }),
  );
}

const merged = (left: Plain, right: Plain): unknown => toPlain(merge(nodeOf(left, 'l'), nodeOf(right, 'r')));

const plain = (leaf: fc.Arbitrary<Plain>): fc.Arbitrary<Plain> =>
  fc.letrec<{ value: Plain }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.array(tie('value'), { maxLength: 2 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { noNullPrototype: true }),
    ),
  })).value;
const anything = plain(fc.constantFrom<Plain>(null, 'x', 'y'));
const tree = (leaf: fc.Arbitrary<Plain>): fc.Arbitrary<Plain> =>
  fc.dictionary(fc.constantFrom('a', 'b', 'c'), plain(leaf), { noNullPrototype: true });

for (const [name, left, right, value] of [
  ['maps are joined', { a: { b: '1' } }, { a: { c: '2' } }, { a: { b: '1', c: '2' } }],
  ['lists are replaced', { a: ['1', '2'] }, { a: ['3'] }, { a: ['3'] }],
  ['scalars are replaced', { a: '1' }, { a: '2' }, { a: '2' }],
  ['null wipes a map', { a: { b: '1' } }, { a: null }, { a: null }],
  ['a map replaces null', { a: null }, { a: { b: '1' } }, { a: { b: '1' } }],
] as const) {
  test(name, () => {
    expect(
      toPlain(
        merge(nodeOf(structuredClone(left) as Plain, 'l'), nodeOf(structuredClone(right) as Plain, 'r')),
      ),
    ).toEqual(value);
  });
}

test('does what it says, for any two trees', () => {
  let joined = 0;
  fc.assert(
    fc.property(anything, anything, (left, right) => {
      const value = merged(left, right);
      expect(value).toEqual(expected(left, right));
      if (JSON.stringify(value) !== JSON.stringify(right)) joined++;
    }),
    { seed: 5, numRuns: 1_000 },
  );
  expect(joined).toBeGreaterThan(50);
});

test('is associative where nothing but maps meets maps, and a tree merged with itself is itself', () => {
  const leaf = fc.constant<Plain>('x');
  const maps = fc.letrec<{ value: Plain }>((tie) => ({
    value: fc.dictionary(
      fc.constantFrom('a', 'b', 'c'),
      fc.oneof({ maxDepth: 3 }, fc.constant<Plain>({}), tie('value')),
      {
        noNullPrototype: true,
      },
    ),
  })).value;
  fc.assert(
    fc.property(maps, maps, maps, tree(leaf), (a, b, c, any) => {
      const [x, y, z] = [nodeOf(a, 'x'), nodeOf(b, 'y'), nodeOf(c, 'z')];
      expect(merge(merge(x, y), z)).toEqual(merge(x, merge(y, z)));
      expect(merged(any, any)).toEqual(any);
    }),
    { seed: 6, numRuns: 150 },
  );
});

test('a key stays where it was first written, its new value is where that is written', () => {
  const entry = (node: Node, key: string) => (node.kind === 'map' ? node.entries.get(key) : undefined);
  const both = merge(nodeOf({ a: { b: '1' }, c: '1' }, 'l'), nodeOf({ a: { b: '2' }, c: '2' }, 'r'));
  expect(entry(both, 'a')?.place.file).toBe('l');
  expect(entry(both, 'c')?.place.file).toBe('r');
  expect(entry(entry(both, 'a')?.value ?? both, 'b')?.value.place.file).toBe('r');
});
