import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { zstdRun } from '../../net/raw-zstd.ts';
import { endpoints } from './endpoints.ts';

const size = 100 * 2 ** 20;
const plain = Buffer.alloc(size, ' ');
/** What a body is said to be packed with, and 100 MiB so packed: a thousandth of that and less. */
const bombs = [
  ['gzip', gzipSync(plain)],
  ['deflate', deflateSync(plain)],
  ['zlib', deflateSync(plain)],
  ['br', brotliCompressSync(plain)],
  ['zstd', zstdRun(size)],
  ['gzip, gzip', gzipSync(gzipSync(plain))],
  ['gzip', gzipSync(gzipSync(plain))],
] as const;

/** spec/reliability.md P9. */
for (const endpoint of endpoints.filter(({ takesBodies }) => takesBodies)) {
  describe(`a bomb sent to ${endpoint.name}`, () => {
    test.each(bombs)('as %s is not unpacked to its end, and nothing of it is taken', async (packed, body) => {
      const { send, lines } = await endpoint.open();
      const before = process.memoryUsage().rss;
      const status = await send({ packed, body });
      expect(process.memoryUsage().rss - before).toBeLessThan(64 * 2 ** 20);
      expect(status).not.toBe(500);
      expect(lines()).toBe(0);
      expect(await send()).toBe(200);
      expect(lines()).toBe(1);
    });

    test('as gzip is refused with 413', async () => {
      const { send } = await endpoint.open();
      expect(await send({ packed: 'gzip', body: bombs[0][1] })).toBe(413);
    });
  });
}
