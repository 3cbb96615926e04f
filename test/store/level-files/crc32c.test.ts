import { expect, test } from 'vitest';
import { maskedCrc32c } from '../../../src/store/level-files/crc32c.ts';

/** RFC 3720, B.4, and the check value of the polynomial. */
const known: readonly (readonly [name: string, bytes: Uint8Array, crc: number])[] = [
  ['digits', Buffer.from('123456789'), 0xe3069283],
  ['32 zeros', new Uint8Array(32), 0x8a9136aa],
  ['32 ones', new Uint8Array(32).fill(255), 0x62a8ab43],
  ['rising bytes', Uint8Array.from({ length: 32 }, (_, index) => index), 0x46dd794e],
  ['falling bytes', Uint8Array.from({ length: 32 }, (_, index) => 31 - index), 0x113fdb5c],
  ['nothing', new Uint8Array(0), 0],
];

const masked = (crc: number): number => (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;

test.each(known)('the checksum of %s is the published one, masked', (_, bytes, crc) => {
  expect(maskedCrc32c(bytes, 0, bytes.length)).toBe(masked(crc));
});

test('only the bytes from start to end count', () => {
  const bytes = Buffer.from('xx123456789yy');
  expect(maskedCrc32c(bytes, 2, 11)).toBe(masked(0xe3069283));
});
