import type { FollowedFile } from './followed-file.ts';
import { firstEventTime } from './event-time.ts';
import { evidenceHolds, isDistinctive } from './evidence.ts';
import { logFamily } from './log-family.ts';
import type { OpenLog } from './open-log.ts';
import { readAt } from './read-at.ts';

/** Less than that, without an event in it, may be what any two logs begin with. */
const leastBytes = 1_024;
const headBytes = 256;
const edgeBytes = 65_536;

/**
 * The file among `followed` that the open file at `path` is a copy of, whole or still being written, if there is any: a
 * rotation that empties a log copies it first (spec/reliability.md W4). It holds nothing but what stands in the
 * original now, or, once that is emptied, all that was read of it. Throws `SourceError`.
 */
export function copiedFrom(
  path: string,
  opened: OpenLog,
  followed: readonly FollowedFile[],
): FollowedFile | undefined {
  if (opened.facts.size < leastBytes && firstEventTime(opened.fd) === undefined) return undefined;
  const family = logFamily(path);
  return followed.find(
    (file) =>
      file.inode !== opened.facts.inode &&
      file.family === family &&
      !file.isArchive &&
      file.isOpen &&
      // What took the place of the original is what is written now, and nothing to wait with.
      file.path !== path &&
      file.unlistedSince === undefined &&
      (isPartOf(opened, file) || holdsWhatWasLost(opened, file)),
  );
}

/**
 * The file among `followed` that lay at `path`, and in whose place the open file is now that begins with all that was
 * read of it (spec/reliability.md §2.2): behind that one reads on in both. Throws `SourceError`.
 */
export function replacedBy(
  path: string,
  { fd, facts }: OpenLog,
  followed: readonly FollowedFile[],
): FollowedFile | undefined {
  return followed.findLast(
    ({ path: before, inode, isArchive, position }) =>
      before === path &&
      inode !== facts.inode &&
      !isArchive &&
      position.skip === null &&
      isDistinctive(position) &&
      facts.size >= position.offset &&
      evidenceHolds(fd, position.evidence),
  );
}

/** A file that holds more than an original that is as it was may be the log itself, and the original a copy. */
function holdsWhatWasLost({ fd, facts }: OpenLog, { fd: original, position }: FollowedFile): boolean {
  const { offset, evidence } = position;
  return (
    isDistinctive(position) &&
    facts.size >= offset &&
    evidenceHolds(fd, evidence) &&
    !evidenceHolds(original, evidence)
  );
}

/** By its two ends: a copy that is being written would else be compared from its beginning again and again. */
function isPartOf({ fd, facts: { size } }: OpenLog, file: FollowedFile): boolean {
  const length = Math.min(edgeBytes, size);
  const isAlike = (start: number, bytes: number): boolean => {
    const copy = new Uint8Array(bytes);
    const original = new Uint8Array(bytes);
    return (
      readAt(fd, copy, start) === bytes &&
      readAt(file.fd, original, start) === bytes &&
      Buffer.compare(copy, original) === 0
    );
  };
  // There may be hundreds of others, which nearly all begin otherwise.
  return (
    file.size >= size &&
    isAlike(0, Math.min(headBytes, size)) &&
    isAlike(0, length) &&
    isAlike(size - length, length)
  );
}
