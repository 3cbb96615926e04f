import { hashOf } from '../../../record/hash.ts';
import type { Claimed } from '../claim-position.ts';
import { isDistinctive } from '../evidence.ts';
import type { FilePosition } from '../file-position.ts';
import type { FollowedFile } from '../followed-file.ts';
import { logFamily } from '../log-family.ts';
import type { FileFacts } from '../open-log.ts';
import { readAt } from '../read-at.ts';
import { plainPath } from './archive-name.ts';

/** The position that says of this very archive that all of it was read. */
export function claimComplete(
  { inode, size, modified }: FileFacts,
  free: ReadonlyMap<string, FilePosition>,
): Claimed | undefined {
  for (const [id, position] of free) {
    const { archive } = position;
    if (!archive?.complete || position.inode !== inode) continue;
    if (archive.size === size && archive.modified === String(modified)) return { id, position };
  }
  return undefined;
}

/**
 * The position of the log that is compressed at `path` and begins with `first`, among those whose file nobody follows:
 * of several the one that is farthest. Whether what stands before it is what was read has to be seen when it is
 * unpacked. Of a log of which little was read its name has to speak as well.
 */
export function claimArchived(
  path: string,
  first: Uint8Array,
  free: ReadonlyMap<string, FilePosition>,
): Claimed | undefined {
  const claims = [...free]
    .map(([id, position]) => ({ id, position }))
    .filter(({ position }) => {
      const { length, hash } = position.evidence.prefix;
      if (length === 0 || length > first.length) return false;
      if (!isDistinctive(position) && position.path !== plainPath(path)) return false;
      return hashOf(first.subarray(0, length)) === hash;
    });
  return claims.toSorted((one, other) => other.position.offset - one.position.offset)[0];
}

/** The file among `files`, if any, that is still read and begins as the archive at `path` does: `first`. One that is closed is known by what was read of it. */
export function stillRead(
  path: string,
  first: Uint8Array,
  files: readonly FollowedFile[],
): FollowedFile | undefined {
  const family = logFamily(path);
  for (const file of files) {
    if (file.isArchive || file.ended || file.family !== family) continue;
    const isIt = file.isOpen
      ? beginsAs(file, first)
      : claimArchived(path, first, new Map([[file.id, file.position]])) !== undefined;
    if (isIt) return file;
  }
  return undefined;
}

function beginsAs(file: FollowedFile, first: Uint8Array): boolean {
  const bytes = new Uint8Array(first.length);
  const length = readAt(file.bytes, bytes, 0);
  return length > 0 && Buffer.compare(bytes.subarray(0, length), first.subarray(0, length)) === 0;
}
