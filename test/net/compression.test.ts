import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { compressionOf, unpack } from '../../src/net/compression.ts';
import { unpackByScript } from '../../src/net/unpack-zstd.ts';
import { rawZstd, zstdCrumbs, zstdRun } from './raw-zstd.ts';

const content = Buffer.from('{"resourceLogs":[]}'.repeat(100));

/** 200 short events, as the zstd program packs them: compressed blocks, behind them a checksum. */
const packedByZstd = Buffer.from(
  `KLUv/QRopQUAEo0fFrAnHUCsraCtTCqKSCllSjKd0DOBAwGfUja2IvJk7t3XKXrxa2geY+m8q6k1rcK7mHFuRiXReY6qrjrL
  b1P7HIfIN66yXCv9y1mHSMM6+6rYl72FfjNGiKYyz7a23itzspkiybSjf1YtARKkGEhBDoNgIAFSMAakIILDOBBEYqghGH7/
  N6BdtgMiCPw/gkB9+/8ZNqtUiypYL/61cPrQV4L1ImPuqNQdEuC8tND7VFYBbFDbbQ==`,
  'base64',
);

test.each([
  [undefined, 'identity'],
  ['', 'identity'],
  [' GZIP ', 'gzip'],
  ['deflate', 'deflate'],
  ['zlib', 'deflate'],
  ['zstd', 'zstd'],
  ['br', undefined],
  ['snappy', undefined],
  ['constructor', undefined],
])('the compression called %j is %s', (name, compression) => {
  expect(compressionOf(name)).toBe(compression);
});

describe.each([
  ['gzip', gzipSync(content), gzipSync(Buffer.alloc(1_000_000))],
  ['deflate', deflateSync(content), deflateSync(Buffer.alloc(1_000_000))],
  ['zstd', rawZstd(content), zstdRun(1_000_000)],
] as const)('%s', (name, packed, bomb) => {
  test('is unpacked up to the limit', async () => {
    expect(await unpack(packed, name, content.length)).toEqual(content);
  });

  test('is not unpacked beyond the limit', async () => {
    await expect(unpack(packed, name, content.length - 1)).rejects.toThrow(RangeError);
    await expect(unpack(bomb, name, 10_000)).rejects.toThrow(RangeError);
  });

  test('that ends early is broken, wherever it ends', async () => {
    for (let end = 1; end < packed.length; end++) {
      await expect(unpack(packed.subarray(0, end), name, 1e6)).rejects.not.toThrow(RangeError);
    }
  });
});

describe('zstd by script', () => {
  const limit = { maxOutputLength: 2 ** 20 };

  test('unpacks several frames, and passes over what is no content', async () => {
    const note = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9]);
    const frames = Buffer.concat([rawZstd(Buffer.from('a')), note, rawZstd(Buffer.from('b'))]);
    expect(Buffer.from(await unpackByScript(frames, limit)).toString()).toBe('ab');
  });

  test('unpacks what the zstd program packed', async () => {
    const events = Array.from(
      { length: 200 },
      (_, index) => `{"verb":"get","user":"u${(index * 7919) % 97}"}\n`,
    );
    expect(Buffer.from(await unpackByScript(packedByZstd, limit)).toString()).toBe(events.join(''));
  });

  test('refuses a window of 16 MiB, for which memory would be taken', async () => {
    await expect(unpackByScript(zstdRun(10, 0x70), limit)).rejects.toThrow('too large a window');
    expect(await unpackByScript(zstdRun(10, 0x68), limit)).toHaveLength(10);
  });

  test('refuses blocks that are many and small, each of which costs a move of the window', async () => {
    await expect(unpackByScript(zstdCrumbs(1_000), limit)).rejects.toThrow('too many blocks');
    expect(await unpackByScript(zstdCrumbs(20), limit)).toHaveLength(20);
  });
});
