import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashOf } from '../../src/record/hash.ts';

/** The same, by its definition. */
function byDefinition(parts: readonly (string | Uint8Array)[]): string {
  const bytes = parts.flatMap((part) => {
    const own = Buffer.from(part);
    return [Buffer.from(`${own.length}:`), own];
  });
  return createHash('sha256').update(Buffer.concat(bytes)).digest('hex').slice(0, 32);
}

test('it is the beginning of the SHA-256 of the parts, each behind its length', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'é', '😀', '\ud800', '\0', ':', '9') });
  const part = fc.oneof(text, fc.uint8Array());
  fc.assert(
    fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
      expect(hashOf(...parts)).toBe(byDefinition(parts));
    }),
    { seed: 41, numRuns: 500 },
  );
});

for (const size of [65_535, 65_536, 65_537, 1_000_000]) {
  test(`so it is with ${size} bytes, or characters`, () => {
    expect(hashOf(new Uint8Array(size).fill(97))).toBe(byDefinition(['a'.repeat(size)]));
    expect(hashOf('é'.repeat(size))).toBe(byDefinition(['é'.repeat(size)]));
  });
}
