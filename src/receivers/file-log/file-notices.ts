import { basename } from 'node:path';
import type { Notice } from '../../record/notice.ts';
import type { Attributes } from '../../record/value.ts';
import { formatBytes } from '../../util/byte-size.ts';
import { printable } from '../../util/printable.ts';
import type { UnpackEnd } from './archive/unpacked-bytes.ts';
import type { FilePosition } from './file-position.ts';
import type { Gap } from './find-gap.ts';

/** A stretch of a file that was passed over. */
export interface Skipped {
  /** Of its first byte. */
  readonly offset: number;
  readonly length: number;
  /** What tells it from others, as the `sha` of a `Skip`. */
  readonly sha: string;
}

// Their identity is content and place in it, so that a copy of the file, read elsewhere, gives the same notices.

/** A line that was too long to be read: where it begins, how long it is, and the SHA-256 of its first bytes. */
export function oversizeNotice(path: string, line: Skipped, most: number): Notice {
  return {
    kind: 'oversize_line',
    message:
      `a line of ${formatBytes(line.length)} at byte ${line.offset} of ${printable(path)} was skipped: ` +
      `max_log_size is ${formatBytes(most)}`,
    identity: identityOf(line),
    attributes: {
      ...place(path, line.offset),
      'riskpipe.notice.length': line.length,
      'riskpipe.notice.sha256': line.sha,
    },
  };
}

/** A line of which not all could be read as a document that holds events; `reason` is a clause. */
export const unreadableNotice = (path: string, document: Skipped, reason: string): Notice => ({
  kind: 'document_unreadable',
  message:
    `the document of ${formatBytes(document.length)} at byte ${document.offset} of ${printable(path)} does not wholly ` +
    `hold audit events: ${reason}; what could be read of it was taken`,
  identity: identityOf(document),
  attributes: { ...place(path, document.offset), 'riskpipe.notice.length': document.length },
});

/** NUL bytes where a line should be: a hole that truncation left under a writer, or that a power cut filled. */
export function nulRunNotice(path: string, run: Skipped): Notice {
  return {
    kind: 'nul_run',
    message:
      `${formatBytes(run.length)} of NUL at byte ${run.offset} of ${printable(path)} were skipped: ` +
      `what was written there is gone, or never was`,
    identity: identityOf(run),
    attributes: { ...place(path, run.offset), 'riskpipe.notice.length': run.length },
  };
}

/** What was read before is no longer in the file, which is the same one otherwise. */
export function truncatedNotice(path: string, position: FilePosition): Notice {
  const { offset } = position;
  return {
    kind: 'file_truncated',
    message:
      `${printable(path)} was truncated or overwritten in place after byte ${offset}; it is read from its ` +
      `beginning, and what stood behind that byte is lost: no copy of the file was found beside it`,
    identity: identityAt(position),
    attributes: place(path, offset),
  };
}

/** A file that was read up to `position` is gone, and with it what it held behind that. */
export function gapNotice({ position, to }: Gap): Notice {
  const { path, offset, eventTime } = position;
  const behind = offset === 0 ? 'was never read' : `was read up to byte ${offset}`;
  const since = eventTime === null ? '' : `, the last event at ${eventTime}`;
  const until = to === null ? '' : `; the next event there is happened at ${to}`;
  return {
    kind: 'gap',
    message:
      `${printable(path)}, which ${behind}${since}, is gone since the last run; ` +
      `what it held${offset === 0 ? '' : ' behind that'} is lost unless the file comes back${until}`,
    // Of files that nobody read nothing else is known that tells them apart.
    identity: [...identityAt(position), position.inode],
    attributes: { ...place(path, offset), ...timesOf(eventTime, to) },
  };
}

/** A file was let go though not all of it could be read: it is gone, and was not held open. */
export const lostEndNotice = (path: string, position: FilePosition, length: number): Notice => ({
  kind: 'gap',
  message:
    `${printable(path)} was deleted while it was closed; its last ${formatBytes(length)}, ` +
    `behind byte ${position.offset}, were not read`,
  identity: identityAt(position),
  attributes: { ...place(path, position.offset), ...timesOf(position.eventTime, null) },
});

/** A file has lost its end, as after a power cut (spec/reliability.md W34): it is read again from byte `offset`. */
export const regressedNotice = (path: string, position: FilePosition, offset: number): Notice => ({
  kind: 'source_regressed',
  message:
    `${printable(path)} no longer holds what was read of it up to byte ${position.offset}; it is read again ` +
    `from byte ${offset}, so that events between may count twice`,
  identity: [...identityAt(position), String(offset)],
  attributes: { ...place(path, offset), 'riskpipe.notice.length': position.offset - offset },
});

/** A file grows that has no name any more (spec/reliability.md W11). */
export const unlinkedNotice = (path: string, position: FilePosition): Notice => ({
  kind: 'source_unlinked',
  message:
    `${printable(path)} was deleted, but its writer goes on; it is read on, ` +
    `but nobody will find it again after a restart: restart what writes it`,
  identity: [position.evidence.prefix.hash, 'unlinked'],
  attributes: place(path, position.offset),
});

/** A file is written in an encoding that no line can be read from. */
export const encodingNotice = (path: string): Notice => ({
  kind: 'encoding_refused',
  message: `${printable(path)} is UTF-16, which no API server writes; nothing of it is read: write it as UTF-8`,
  identity: [path, 'utf-16'],
  attributes: place(path, 0),
});

const identityAt = ({ evidence, offset }: FilePosition): readonly string[] => [
  evidence.prefix.hash,
  evidence.guards[0]?.hash ?? '',
  String(offset),
];

/**
 * What an archive does not give. `end`: why unpacking it ended; undefined if it has no end and nobody has written to it
 * for a while.
 */
export function archiveNotice(path: string, position: FilePosition, end: UnpackEnd | undefined): Notice {
  const { offset, eventTime } = position;
  const kind = end?.kind === 'too large' ? 'archive_too_large' : 'gap';
  return {
    kind,
    message:
      `${printable(path)} ${whatOfArchive(end)}; of the log in it everything up to byte ${offset} was read, ` +
      `and what stood behind that byte is lost unless the archive can be mended`,
    identity: identityAt(position),
    attributes: { ...place(path, offset), ...timesOf(eventTime, null) },
  };
}

function whatOfArchive(end: UnpackEnd | undefined): string {
  if (end === undefined) return 'is not complete, and nothing has been written to it for a minute';
  if (end.kind === 'damaged') return `cannot be unpacked to its end: ${end.reason}`;
  return 'unpacks to more than any log holds';
}

/** Between which two events, as far as that is known, others are missing. */
const timesOf = (from: string | null, to: string | null): Attributes => ({
  ...(from !== null && { 'riskpipe.notice.from': from }),
  ...(to !== null && { 'riskpipe.notice.to': to }),
});

function identityOf({ sha, offset, length }: Skipped): readonly string[] {
  return [sha, String(offset), String(length)];
}

function place(path: string, offset: number): Attributes {
  return { 'log.file.path': path, 'log.file.name': basename(path), 'riskpipe.notice.offset': offset };
}
