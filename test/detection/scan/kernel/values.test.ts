import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KernelBench } from './kernel-bench.ts';

const bench = new KernelBench();

test('equal bytes have equal hashes, whatever stands behind them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.integer({ min: 0, max: 63 }), (bytes, shift) => {
      const hash = (by: number): number => {
        bench.put(bytes, by);
        return bench.call('hashOf', bench.start, bytes.length);
      };
      expect(hash(shift)).toBe(hash(0));
    }),
    { seed: 7, numRuns: 500 },
  );
});

test('bytes are equal if all of them are', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.nat(), (bytes, somewhere) => {
      const other = Uint8Array.from(bytes);
      const at = somewhere % bytes.length;
      other[at] = (other[at] ?? 0) ^ 0x80;
      for (const [second, equal] of [
        [bytes, 1],
        [other, 0],
      ] as const) {
        bench.put(Buffer.concat([bytes, Buffer.from('-'), second]));
        expect(bench.call('equalBytes', bench.start, bench.start + bytes.length + 1, bytes.length)).toBe(
          equal,
        );
      }
    }),
    { seed: 8, numRuns: 1_000 },
  );
});

test('different texts have different hashes, nearly always', () => {
  const hashes = new Set<number>();
  for (let number = 0; number < 10_000; number++) {
    const text = `value ${number}`;
    bench.put(text);
    hashes.add(bench.call('hashOf', bench.start, text.length));
  }
  expect(hashes.size).toBeGreaterThan(9_990);
});
