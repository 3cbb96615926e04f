import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { ConfigError } from '../../../src/util/problem.ts';
import { loadText, valid } from './load-text.ts';

type Plain = null | string | number | boolean | Plain[] | { [key: string]: Plain };

/** Every place in `value` where something can be changed: the containers, with their keys. */
function places(value: Plain): { readonly parent: { [key: string]: Plain }; readonly key: string }[] {
  if (value === null || typeof value !== 'object') return [];
  // An array is a map from index to value as well.
  const parent = value as { [key: string]: Plain };
  return Object.keys(parent).flatMap((key) => [{ parent, key }, ...places(parent[key] ?? null)]);
}

const mutation = fc.record({
  where: fc.nat(),
  what: fc.constantFrom('drop', 'rename', 'retype', 'copy'),
  value: fc.constantFrom<Plain>(
    null,
    '',
    'x',
    5,
    -0.5,
    true,
    [],
    {},
    ['x', null],
    { x: { y: 1 } },
    '${env:X}',
    '${x',
    '__proto__',
  ),
});

function mutate(tree: Plain, { where, what, value }: { where: number; what: string; value: Plain }): void {
  const all = places(tree);
  const place = all[where % Math.max(1, all.length)];
  if (place === undefined) return;
  const { parent, key } = place;
  const old = parent[key] ?? null;
  if (what === 'retype') parent[key] = structuredClone(value);
  else if (Array.isArray(parent)) parent.splice(Number(key), what === 'drop' ? 1 : 0, structuredClone(old));
  else {
    if (what !== 'copy') delete parent[key];
    if (what !== 'drop') parent[`${key}${typeof value === 'string' ? value : 'x'}`] = structuredClone(old);
  }
}

test('a changed configuration is a configuration, or a ConfigError whose problems all have a place', async () => {
  const seen = { loaded: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), async (mutations) => {
      const tree: Plain = parse(valid);
      for (const one of mutations) mutate(tree, one);
      try {
        await loadText(stringify(tree));
        seen.loaded++;
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        seen.refused++;
        expect(error.problems.some(({ severity }) => severity === 'error')).toBe(true);
        for (const { line, column, message } of error.problems) {
          expect(Math.min(line, column)).toBeGreaterThan(0);
          expect(message).not.toBe('');
        }
      }
    }),
    { seed: 7, numRuns: 400 },
  );
  expect(seen.loaded).toBeGreaterThan(20);
  expect(seen.refused).toBeGreaterThan(120);
});

test('a configuration cut anywhere is a configuration or a ConfigError', async () => {
  const seen = { loaded: 0, refused: 0 };
  for (let length = 0; length <= valid.length; length++) {
    const result = await loadText(valid.slice(0, length)).catch((error: unknown) => error);
    if (!(result instanceof Error)) seen.loaded++;
    else {
      expect(result).toBeInstanceOf(ConfigError);
      seen.refused++;
    }
  }
  expect(seen.loaded).toBeGreaterThan(0);
  expect(seen.refused).toBeGreaterThan(valid.length / 2);
});
