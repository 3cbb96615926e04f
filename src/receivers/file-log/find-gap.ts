import { firstEventTime } from './event-time.ts';
import type { FilePosition } from './file-position.ts';
import type { FollowedFile } from './followed-file.ts';
import { logFamily } from './log-family.ts';

/** What is missing of a log whose file is gone: everything behind the position, up to the event that comes next. */
export interface Gap {
  readonly position: FilePosition;
  /** When the first event after it happened, as it is told; null if nobody knows. */
  readonly to: string | null;
}

/**
 * The gap that the loss of the file of `position` leaves (spec/reliability.md W2). None if it never held anything, or
 * all of it was read: its archive was, or a later file of the same log was known when it stood at its end, or was even
 * begun, which happens only when there is nothing left to read of the earlier ones. `others`: all positions that were
 * known before; `files`: what is followed now, oldest first.
 */
export function findGap(
  position: FilePosition,
  others: Iterable<FilePosition>,
  files: readonly FollowedFile[],
): Gap | undefined {
  if (position.archive?.complete || position.size === 0) return undefined;
  const family = logFamily(position.path);
  const isLater = ({ number, path }: { readonly number: number; readonly path: string }): boolean =>
    number > position.number && logFamily(path) === family;
  const wasAtEnd = position.offset >= position.size;
  for (const other of others) if (isLater(other) && (wasAtEnd || other.offset > 0)) return undefined;
  return { position, to: nextEventTime(files.filter(isLater)) };
}

function nextEventTime(files: readonly FollowedFile[]): string | null {
  for (const file of files) {
    const time = file.isOpen ? firstEventTime(file.bytes) : undefined;
    if (time !== undefined) return time;
  }
  return null;
}
