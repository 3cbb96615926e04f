import fc from 'fast-check';
import { expect, test } from 'vitest';
import { messageParts } from '../../../../src/detection/frontends/splunk/message-parts.ts';

const place = (column: string): object => ({ column, written: `$${column}$` });

test.each<[string, readonly (string | object)[]]>([
  ['', []],
  ['no place', ['no place']],
  ['$user$', [place('user')]],
  ['by $user$ from $src_ip$.', ['by ', place('user'), ' from ', place('src_ip'), '.']],
  ['$user.groups{}$', [place('user.groups{}')]],
  ['$a$$b$', [place('a'), place('b')]],
  ['costs $5 or 6$', ['costs $5 or 6$']],
  ['$$', ['$$']],
  ['$$a$', ['$', place('a')]],
])('%j', (text, parts) => {
  expect(messageParts(text)).toEqual(parts);
});

test('what is written comes back, and no two texts stand side by side', () => {
  const seen = { places: 0, none: 0 };
  fc.assert(
    fc.property(fc.array(fc.constantFrom('$', '$', 'a', 'b.c{}', ' ', '\n', 'é')), (pieces) => {
      const text = pieces.join('');
      const parts = messageParts(text);
      seen[parts.some((part) => typeof part !== 'string') ? 'places' : 'none']++;
      expect(parts.map((part) => (typeof part === 'string' ? part : part.written)).join('')).toBe(text);
      for (const [index, part] of parts.entries())
        expect(typeof part === 'string' && typeof parts[index + 1] === 'string').toBe(false);
    }),
    { seed: 5, numRuns: 500 },
  );
  expect(Math.min(seen.places, seen.none)).toBeGreaterThan(30);
});
