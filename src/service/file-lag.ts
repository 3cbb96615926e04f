import { stat } from 'node:fs/promises';
import { z } from 'zod';
import type { Store } from '../store/store.ts';

/** How far one file has been read. */
export interface FileLag {
  readonly path: string;
  /** Bytes from its beginning that were handed on and committed. */
  readonly offset: number;
  /** Bytes that are there and not yet committed; null if another file has the path now, or none. */
  readonly lag: number | null;
}

// Of a row of `position/<receiver>` only this; others than files have other rows.
const position = z.object({ path: z.string(), inode: z.string(), offset: z.number(), unseen: z.boolean() });

/** The files that `receiver` follows, by path, with what it has yet to read of them. */
export async function fileLags(store: Pick<Store, 'scan'>, receiver: string): Promise<readonly FileLag[]> {
  const rows = store.scan(`position/${receiver}`).flatMap(([, row]) => {
    const parsed = position.safeParse(row);
    return parsed.success && !parsed.data.unseen ? [parsed.data] : [];
  });
  const lags: FileLag[] = [];
  for (const { path, inode, offset } of rows)
    lags.push({ path, offset, lag: await lagOf(path, inode, offset) });
  return lags.toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

async function lagOf(path: string, inode: string, offset: number): Promise<number | null> {
  // Of a compressed file the offset is one of what is in it.
  if (path.endsWith('.gz')) return null;
  try {
    const { dev, ino, size } = await stat(path);
    return `${dev}:${ino}` === inode ? Math.max(0, size - offset) : null;
  } catch {
    return null;
  }
}
