import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileNetwork } from '../../src/util/network.ts';

describe('a network', () => {
  for (const [network, text, contains] of [
    ['10.0.0.0/8', '10.255.0.1', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['10.1.2.3/8', '10.9.9.9', true],
    ['0.0.0.0/0', '255.255.255.255', true],
    ['192.168.1.7', '192.168.1.7', true],
    ['192.168.1.7', '192.168.1.8', false],
    ['192.168.1.4/31', '192.168.1.5', true],
    ['10.0.0.0/8', '10.0.0.0/8', true],
    ['10.0.0.0/8', '10.0.0.0/9', false],
    ['10.0.0.0/8', '::ffff:10.0.0.1', false],
    ['::ffff:0:0/96', '::ffff:10.0.0.1', true],
    ['::/0', '10.0.0.1', false],
    ['2001:db8::/32', '2001:DB8:0:0:1::2', true],
    ['2001:db8::/32', '2001:db9::', false],
    ['fe80::/10', 'fe80::1%eth0', false],
    ['10.0.0.0/8', '010.0.0.1', false],
    ['10.0.0.0/8', '10.0.1', false],
    ['10.0.0.0/8', '10.0.0.256', false],
    ['10.0.0.0/8', '', false],
    ['::/0', ':::', false],
    ['::/0', '1::2::3', false],
    ['::/0', '1:2:3:4:5:6:7:8:9', false],
    ['::/0', '::10.0.0.1', true],
    ['::/0', '10.0.0.1::', false],
    ['::/0', '1:2:3:4:5:6:7::', true],
    ['::/0', '1:2:3:4:5:6:7:8::', false],
  ] as const) {
    test(`${network} ${contains ? 'contains' : 'does not contain'} "${text}"`, () => {
      expect(compileNetwork(network)?.(text)).toBe(contains);
    });
  }

  for (const bad of [
    '',
    'x',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/08',
    '::/129',
    '10.0.0.0/8/8',
    '10.0.0/8',
  ]) {
    test(`"${bad}" is none`, () => expect(compileNetwork(bad)).toBeUndefined());
  }

  test('agrees with arithmetic on big integers', () => {
    const outcomes = { yes: 0, no: 0 };
    const byte = fc.integer({ min: 0, max: 3 }).map((value) => [0, 1, 128, 255][value] ?? 0);
    const version4 = fc.array(byte, { minLength: 4, maxLength: 4 }).map((bytes) => bytes.join('.'));
    const group = fc.constantFrom('0', '1', '8000', 'ffff', 'Ab');
    const version6 = fc.array(group, { minLength: 8, maxLength: 8 }).map((groups) => groups.join(':'));
    for (const [addresses, bits] of [
      [version4, 32],
      [version6, 128],
    ] as const) {
      fc.assert(
        fc.property(addresses, fc.integer({ min: 0, max: bits }), addresses, (base, prefix, other) => {
          const shift = BigInt(bits - prefix);
          const expected = valueOf(base) >> shift === valueOf(other) >> shift;
          outcomes[expected ? 'yes' : 'no']++;
          expect(compileNetwork(`${base}/${prefix}`)?.(other)).toBe(expected);
        }),
        { seed: 12, numRuns: 800 },
      );
    }
    expect(Math.min(outcomes.yes, outcomes.no)).toBeGreaterThan(50);
  });

  test('takes for an address what node takes for one', () => {
    const outcomes = { yes: 0, no: 0 };
    const part = fc.constantFrom('0', '1', 'ff', '10.0.0.1', '', '255', '1.2', 'abcd', '12345');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 9 }), fc.constantFrom(':', '.', '::'), (parts, separator) => {
        const text = parts.join(separator);
        const expected = isIP(text) !== 0;
        outcomes[expected ? 'yes' : 'no']++;
        expect(compileNetwork(text) !== undefined).toBe(expected);
      }),
      { seed: 13, numRuns: 3_000 },
    );
    expect(Math.min(outcomes.yes, outcomes.no)).toBeGreaterThan(50);
  });
});

/** The number that a fully written address is. */
function valueOf(address: string): bigint {
  const [parts, base, size] = address.includes(':')
    ? [address.split(':'), 16, 16n]
    : [address.split('.'), 10, 8n];
  return parts.reduce((value, part) => (value << size) | BigInt(Number.parseInt(part, base)), 0n);
}
