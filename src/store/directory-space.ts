import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes that may still be written to the disk of `directory`. */
export async function freeBytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

/** Bytes of the files that a store in `directory` consists of; what lies beside them does not count. */
export async function storeBytes(directory: string): Promise<number> {
  const names = await readdir(directory);
  const sizes = names
    .filter((name) => /^(\d+\.(log|ldb)|MANIFEST-\d+)$/.test(name))
    .map((name) => stat(join(directory, name)).then(({ size }) => size, deletedMeanwhile));
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

const deletedMeanwhile = (): number => 0;
