import { dirname, join } from 'node:path';
import { evidenceHolds, isDistinctive, olderEvidence } from './evidence.ts';
import type { FilePosition } from './file-position.ts';
import { logFamily } from './log-family.ts';
import { namesIn } from './names-in.ts';
import { factsAt, type OpenLog } from './open-log.ts';
import { SourceError } from './read-at.ts';

/** A stored position and the id of its file. */
export interface Claimed {
  readonly id: string;
  readonly position: FilePosition;
}

/**
 * The position at which reading of `opened` goes on, among those whose file
 * nobody follows. `inode`: the file has to be that very one; `content`: it may
 * be a copy, if enough of its content is known. Either way all evidence has to
 * hold, since an inode number is used again at once (spec/reliability.md §0.3).
 */
export function claimPosition(
  { fd, facts }: OpenLog,
  free: ReadonlyMap<string, FilePosition>,
  by: 'inode' | 'content',
): Claimed | undefined {
  for (const [id, position] of free) {
    const eligible = by === 'inode' ? position.inode === facts.inode : isDistinctive(position);
    if (eligible && facts.size >= position.offset && evidenceHolds(fd, position.evidence))
      return { id, position };
  }
  return by === 'inode' ? claimCut({ fd, facts }, free) : undefined;
}

/**
 * The position of a file that has lost its end, as after a power cut: reading goes back a little. None of a file that
 * was known to be gone or replaced before.
 */
function claimCut({ fd, facts }: OpenLog, free: ReadonlyMap<string, FilePosition>): Claimed | undefined {
  for (const [id, position] of free) {
    if (position.unseen || position.inode !== facts.inode) continue;
    if (olderEvidence(fd, position.evidence)) return { id, position };
  }
  return undefined;
}

/** The files, of whatever kind, that have a name of the same log in the directory of `path`. */
export function findFamily(path: string): readonly string[] {
  const directory = dirname(path);
  const family = logFamily(path);
  return knownNamesIn(directory)
    .map((name) => join(directory, name))
    .filter((sibling) => logFamily(sibling) === family);
}

/**
 * Where a file with this inode lies in the directory of `path`, under any name: where a rotation has put it. `complain` is
 * told of each name of which nobody can tell, as that may be it.
 */
export function findSibling(
  path: string,
  inode: string,
  complain: (path: string, error: SourceError) => void,
): string | undefined {
  const directory = dirname(path);
  const isIt = (sibling: string): boolean => {
    try {
      return factsAt(sibling)?.inode === inode;
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      complain(sibling, error);
      return false;
    }
  };
  return knownNamesIn(directory)
    .map((name) => join(directory, name))
    .find(isIt);
}

function knownNamesIn(directory: string): readonly string[] {
  try {
    return namesIn(directory);
  } catch {
    // The next look tells the reason.
    return [];
  }
}

/** `device:inode` of what lies at `path`; undefined if there is nothing, or nobody may know. */
export function inodeAt(path: string): string | undefined {
  try {
    return factsAt(path)?.inode;
  } catch {
    return undefined;
  }
}
