import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { parseTime, toMillis, type Time } from '../record/time.ts';
import type { Store } from '../store/store.ts';

/** How far one file has been read. */
export interface FileLag {
  readonly path: string;
  /** Another file has the path now, or none: `missing`. An `archive` is read as the log that was compressed into it. */
  readonly state: 'plain' | 'archive' | 'missing';
  /** Bytes from its beginning that were handed on and committed; of an archive those of the log, uncompressed. */
  readonly offset: number;
  /** Bytes that are there and not yet committed; null if nobody knows, as for an archive before its end. */
  readonly lag: number | null;
  /**
   * Age of the last event that was read, in seconds, while there is more to read; else 0. What waits is younger. Null
   * as `lag` is, or if no event told its time yet.
   */
  readonly lagSeconds: number | null;
}

// Of a row of `position/<receiver>` only this; others than files have other rows.
const positionSchema = z.object({
  path: z.string(),
  inode: z.string(),
  offset: z.number(),
  unseen: z.boolean(),
  archive: z.object({ size: z.number(), complete: z.boolean() }).nullable().default(null),
  eventTime: z.string().nullable().default(null),
});
type Position = z.infer<typeof positionSchema>;

/** The files that `receiver` follows, by path, with what it has yet to read of them. */
export async function fileLags(
  store: Pick<Store, 'scan'>,
  receiver: string,
  now: Time,
): Promise<readonly FileLag[]> {
  const rows = store.scan(`position/${receiver}`).flatMap(([, row]) => {
    const parsed = positionSchema.safeParse(row);
    return parsed.success && !parsed.data.unseen ? [parsed.data] : [];
  });
  const lags: FileLag[] = [];
  for (const row of rows) {
    const { path, offset, eventTime } = row;
    const { state, lag } = await standing(row);
    lags.push({ path, state, offset, lag, lagSeconds: secondsOf(lag, eventTime, now) });
  }
  return lags.toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

async function standing({ path, inode, offset, archive }: Position): Promise<Pick<FileLag, 'state' | 'lag'>> {
  try {
    const { dev, ino, size } = await stat(path);
    if (`${dev}:${ino}` !== inode) return { state: 'missing', lag: null };
    if (!path.endsWith('.gz')) return { state: 'plain', lag: Math.max(0, size - offset) };
    // One that has grown since may hold more.
    return { state: 'archive', lag: archive?.complete && archive.size === size ? 0 : null };
  } catch {
    return { state: 'missing', lag: null };
  }
}

function secondsOf(lag: number | null, eventTime: string | null, now: Time): number | null {
  if (lag === null || lag === 0) return lag;
  const last = eventTime === null ? undefined : parseTime(eventTime);
  return last === undefined ? null : Math.max(0, toMillis(now - last) / 1_000);
}
