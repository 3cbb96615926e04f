import { describe, expect, test } from 'vitest';
import { isOldEdition } from './rsigma.ts';
import { Shelf, type Effort } from './shelf.ts';
import type { Yardstick } from './yardstick.ts';

/** One that is there once it is built, unless building it fails. */
function buildable(
  takes: 'seconds' | 'minutes',
  failure?: string,
): Yardstick & { readonly built: () => number } {
  let built = 0;
  return {
    name: 'ruler',
    recipe: 'buy one',
    find: () => (built > 0 ? { path: '/ruler', version: '1.0' } : undefined),
    build: {
      takes,
      run() {
        if (failure !== undefined) throw new Error(failure);
        built++;
      },
    },
    built: () => built,
  };
}

const shelf = (effort: Effort): Shelf => new Shelf('', effort, () => {});

describe('a yardstick', () => {
  test('that is not there and cannot be built is named, with how to get it', () => {
    const missing = { name: 'ruler', recipe: 'buy one', find: () => undefined };
    expect(shelf('all').take(missing)).toBe('ruler is missing: buy one');
  });

  for (const [effort, takes, isBuilt] of [
    ['found', 'seconds', false],
    ['quick', 'seconds', true],
    ['quick', 'minutes', false],
    ['all', 'minutes', true],
  ] as const) {
    test(`that takes ${takes} is ${isBuilt ? '' : 'not '}built with "--yardsticks ${effort}"`, () => {
      const yardstick = buildable(takes);
      const taken = shelf(effort).take(yardstick);
      const option = takes === 'minutes' ? 'all' : 'quick';
      const missing = `ruler is missing: "--yardsticks ${option}" builds it, or buy one`;
      expect(taken).toEqual(isBuilt ? { path: '/ruler', version: '1.0' } : missing);
      expect(yardstick.built()).toBe(isBuilt ? 1 : 0);
    });
  }

  test('whose build fails is named, with the reason, and not built again', () => {
    const one = shelf('quick');
    const yardstick = buildable('seconds', 'no compiler');
    expect(one.take(yardstick)).toBe('ruler could not be built: no compiler; buy one');
    expect(one.take(yardstick)).toBe('ruler could not be built: no compiler; buy one');
    expect(one.versions).toEqual([]);
  });

  test('that is there shows its version', () => {
    const one = shelf('quick');
    one.take(buildable('seconds'));
    expect(one.versions).toEqual(['ruler: 1.0']);
  });
});

for (const [version, isOld] of [
  ['rsigma 0.23.0', true],
  ['rsigma 0.9.1', true],
  ['rsigma 0.26.0', false],
  ['rsigma 1.0.2', false],
] as const) {
  test(`${version} is ${isOld ? 'an old edition' : 'as fast as it gets'}`, () => {
    expect(isOldEdition(version)).toBe(isOld);
  });
}
