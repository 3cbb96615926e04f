import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decoded } from './decoded.ts';
import { encode } from '../../src/otlp/encode.ts';
import { OtlpError } from '../../src/otlp/otlp-error.ts';
import type { LogRecord } from '../../src/record/record.ts';
import { expected, record } from './arbitrary-record.ts';

const encodings = ['json', 'proto'] as const;

describe.each(encodings)('%s', (encoding) => {
  test('decode gives back what encode was given', () => {
    let nested = 0;
    let flat = 0;
    fc.assert(
      fc.property(record, (given) => {
        if (typeof given.body === 'object' && given.body !== null) nested++;
        else flat++;
        expect(decoded(encode([given], encoding), encoding)).toEqual([[expected(given)]]);
      }),
      { seed: 3, numRuns: 500 },
    );
    expect(Math.min(nested, flat)).toBeGreaterThan(50);
  });

  test('records of equal resources come back together, in their order, sharing resource and scope', () => {
    fc.assert(
      fc.property(record, fc.array(record, { maxLength: 4 }), (first, others) => {
        const { resource, scope } = structuredClone(first);
        const given: LogRecord[] = [first, ...others.map((other) => ({ ...other, resource, scope }))];
        const lists = decoded(encode(given, encoding), encoding);
        expect(lists).toEqual([given.map(expected)]);
        for (const one of lists[0] ?? []) {
          expect(one.resource).toBe(lists[0]?.[0]?.resource);
          expect(one.scope).toBe(lists[0]?.[0]?.scope);
        }
      }),
      { seed: 4, numRuns: 100 },
    );
  });

  test('equal records give equal bytes, whether or not they share their resource', () => {
    fc.assert(
      fc.property(record, (given) => {
        const shared = encode([given, given], encoding);
        const apart = encode([given, structuredClone(given)], encoding);
        expect(apart).toEqual(shared);
      }),
      { seed: 5, numRuns: 100 },
    );
  });

  test('any damaged request is decoded or refused with an OtlpError', () => {
    let taken = 0;
    let refused = 0;
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(record, damage, fc.nat(), fc.boolean(), (given, changes, cut, shorten) => {
        const bytes = Uint8Array.from(encode([given], encoding));
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        if (tryDecode(shorten ? bytes.subarray(0, cut % bytes.length) : bytes, encoding)) taken++;
        else refused++;
      }),
      { seed: 6, numRuns: 800 },
    );
    expect(Math.min(taken, refused)).toBeGreaterThan(100);
  });

  test('random bytes are decoded or refused with an OtlpError', () => {
    let refused = 0;
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        if (!tryDecode(bytes, encoding)) refused++;
      }),
      { seed: 7, numRuns: 800 },
    );
    expect(refused).toBeGreaterThan(100);
  });
});

/** True if the bytes were taken; anything thrown but an OtlpError fails the test. */
function tryDecode(bytes: Uint8Array, encoding: 'json' | 'proto'): boolean {
  try {
    decoded(bytes, encoding);
    return true;
  } catch (error) {
    if (!(error instanceof OtlpError)) throw error;
    expect(error.message).not.toBe('');
    return false;
  }
}
