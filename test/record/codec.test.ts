import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeRecord, encodeRecord } from '../../src/record/codec.ts';
import { logRecord } from '../../src/record/record.ts';
import type { Value } from '../../src/record/value.ts';

const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string(),
    fc.double({ noNaN: false }),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array({ maxLength: 8 }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom('$int', '$bytes', '$map', '__proto__')),
      tie('value'),
      {
        maxKeys: 3,
        noNullPrototype: true,
      },
    ),
  ),
}));

test('a record comes back from the store as it was', () => {
  const seen = { bigints: 0, bytes: 0, tags: 0 };
  fc.assert(
    fc.property(value, value, (body, attribute) => {
      const record = logRecord({
        time: 1_775_997_019_123_456_789n,
        observedTime: -1n,
        resource: { attributes: { a: attribute } },
        attributes: { attribute, nothing: null },
        body,
      });
      const text = encodeRecord(record);
      seen.bigints += Number(typeof body === 'bigint');
      seen.bytes += Number(body instanceof Uint8Array);
      seen.tags += Number(text.includes('$map'));
      expect(decodeRecord(text)).toEqual(record);
      expect(encodeRecord(decodeRecord(text))).toBe(text);
    }),
    { seed: 5, numRuns: 3_000 },
  );
  expect(Math.min(seen.bigints, seen.bytes, seen.tags)).toBeGreaterThan(20);
});

test('what lies deep inside a value is looked at once, not once for each level around it', () => {
  let looks = 0;
  const innermost = {
    get text() {
      looks++;
      return 'x';
    },
    big: 5n,
  };
  let body: Value = innermost;
  for (let level = 0; level < 60; level++) body = { body };
  const record = logRecord({
    time: 1n,
    observedTime: 1n,
    resource: { attributes: {} },
    attributes: {},
    body,
  });
  expect(encodeRecord(record)).toContain('"text":"x"');
  // For the copy too, since a number beside it needs one.
  expect(looks).toBe(2);
});
