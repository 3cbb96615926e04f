import { basename } from 'node:path';
import type { Notice } from '../../record/notice.ts';
import type { Attributes } from '../../record/value.ts';
import { formatBytes } from '../../util/byte-size.ts';
import { printable } from '../../util/printable.ts';
import type { FilePosition } from './file-position.ts';

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
export function truncatedNotice(path: string, { offset, evidence }: FilePosition): Notice {
  const { prefix, guards } = evidence;
  return {
    kind: 'file_truncated',
    message:
      `${printable(path)} was truncated or overwritten in place after byte ${offset}; it is read from its ` +
      `beginning, and what stood behind that byte is lost unless a copy of the file matches include`,
    identity: [prefix.hash, guards[0]?.hash ?? '', String(offset)],
    attributes: place(path, offset),
  };
}

function identityOf({ sha, offset, length }: Skipped): readonly string[] {
  return [sha, String(offset), String(length)];
}

function place(path: string, offset: number): Attributes {
  return { 'log.file.path': path, 'log.file.name': basename(path), 'riskpipe.notice.offset': offset };
}
