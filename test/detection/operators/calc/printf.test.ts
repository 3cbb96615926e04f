import { describe, expect, test } from 'vitest';
import type { Argument } from './run-calc.ts';
import { call, missing, run } from './run-calc.ts';

const cases: readonly (readonly [format: string, values: readonly Argument[], expected: string | null])[] = [
  // Search Reference, "Conversion functions", printf.
  ['%c,%c', [65, 'Foo'], 'A,F'],
  ['%d,%i,%d', [-2, 4, 30], '-2,4,30'],
  ['%.2e', [5_139], '5.14e+03'],
  ['%o', [255], '377'],
  ['%s%z', ['foo', 'bar'], 'foobar'],
  ['%u', [99], '99'],
  ['%x,%X', [10, 10], 'a,A'],
  ["%'d", [12_345], '12,345'],
  ['%-4d|', [1], '1   |'],
  ['%06d', [42], '000042'],
  ['%5d', [123], '  123'],
  ['%*d', [5, 123], '  123'],
  ['100%%', [], '100%'],
  // C11 §7.21.6.1.
  ['%+d % d %+d', [5, 5, -5], '+5  5 -5'],
  ['%.3d %.0f', [7, 2.6], '007 3'],
  ['%08.3f', [-2.718_8], '-002.719'],
  ['%-08d|', [42], '42      |'],
  ['%08.3d', [42], '     042'],
  ['%f', [1.5], '1.500000'],
  ['%e %E', [0, 12_345.678], '0.000000e+00 1.234568E+04'],
  ['%g %g %g', [0.000_01, 123_456, 1_234_567], '1e-05 123456 1.23457e+06'],
  ['%g %G', [100, 1e-10], '100 1E-10'],
  ['%#g', [1.5], '1.50000'],
  ['%.3g', [0.000_123_456], '0.000123'],
  ['%#x %#X %#o', [255, 255, 8], '0xff 0XFF 010'],
  ['%#x', [0], '0'],
  ['%#08x', [255], '0x0000ff'],
  ['%.2s|%5s|%-5s|', ['abc', 'ab', 'ab'], 'ab|   ab|ab   |'],
  ['%.*f', [2, 1.236], '1.24'],
  ['%-*d|', [4, 7], '7   |'],
  ['%*d|', [-4, 7], '7   |'],
  ['%.*f', [-1, 1.5], '1.500000'],
  ['%d', [1e21], '1000000000000000000000'],
  ['%.1f', [1e22], '10000000000000000000000.0'],
  ["%'.2f", [1_234_567.891], '1,234,567.89'],
  ['%d', ['42'], '42'],
  ['%d', [-2.9], '-2'],
  ['%p', [10], 'a'],
  ['a %', [], 'a %'],
  ['%s', [missing], null],
  ['%s', [], null],
  ['%d', ['abc'], null],
  ['%y', [1], null],
  ['%c', [-1], null],
  ['%c', [''], null],
  ['none', [1], 'none'],
];

describe('printf', () => {
  for (const [index, [format, values, expected]] of cases.entries()) {
    test(`${index}: "${format}" is ${expected ?? 'null'}`, () => {
      expect(run(call('printf', format, ...values))).toBe(expected);
    });
  }

  test('a width from an event is bounded', () => {
    expect(String(run(call('printf', '%*d', 1e9, 1)))).toHaveLength(10_000);
    expect(String(run(call('printf', '%.*e', 1e9, 1)))).toMatch(/^1\.0{100}e\+00$/);
  });

  test('no format is null', () => {
    expect(run(call('printf', missing, 1))).toBeNull();
  });
});
