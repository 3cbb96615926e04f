import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { UnpackedBytes } from '../../../../src/receivers/file-log/archive/unpacked-bytes.ts';

const plain = Buffer.from(Array.from({ length: 100_000 }, (_, index) => `line ${index}\n`).join(''));

function unpackedOf(bytes: Buffer, most: number): UnpackedBytes {
  const directory = mkdtempSync(join(tmpdir(), 'unpacked-'));
  const path = join(directory, 'a.gz');
  writeFileSync(path, gzipSync(bytes));
  const descriptor = openSync(path, 'r');
  const unpacked = new UnpackedBytes(descriptor, most);
  onTestFinished(() => {
    unpacked.close();
    closeSync(descriptor);
    rmSync(directory, { recursive: true });
  });
  return unpacked;
}

const read = (unpacked: UnpackedBytes, position: number, length: number): Buffer => {
  const target = Buffer.alloc(length);
  return target.subarray(0, unpacked.read(target, position));
};

/** That it reads the bytes that were packed; not by `toEqual`, which looks at each byte for milliseconds. */
function expectPlain(unpacked: UnpackedBytes, position: number, length: number): void {
  const wanted = plain.subarray(position, position + length);
  expect(read(unpacked, position, length).equals(wanted), `bytes from ${position}`).toBe(true);
}

test('a window moves over the bytes; the beginning stays', async () => {
  const unpacked = unpackedOf(plain, Infinity);
  for (let from = 0; from < plain.length; from += 100_000) {
    await unpacked.fill(from, from + 200_000, Infinity);
    expectPlain(unpacked, from, 200_000);
    expectPlain(unpacked, Math.max(0, from - 256), 256);
    expectPlain(unpacked, 0, 1_024);
  }
  expect(unpacked.end).toBe(plain.length);
  expect(read(unpacked, plain.length, 10)).toHaveLength(0);
});

test('one turn unpacks little more than it may', async () => {
  const unpacked = unpackedOf(plain, Infinity);
  await unpacked.fill(plain.length - 10, plain.length, 50_000);
  expect(unpacked.end).toBeGreaterThanOrEqual(50_000);
  expect(unpacked.end).toBeLessThan(plain.length);
});

test('what is too large is not unpacked to its end', async () => {
  const unpacked = unpackedOf(plain, 10_000);
  await unpacked.fill(0, plain.length, Infinity);
  expect(unpacked.over).toEqual({ kind: 'too large' });
  expect(unpacked.end).toBeLessThan(plain.length);
});
