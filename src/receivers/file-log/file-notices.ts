import { basename } from 'node:path';
import type { Notice } from '../../record/notice.ts';
import type { Attributes } from '../../record/value.ts';
import { formatBytes } from '../../util/byte-size.ts';
import { printable } from '../../util/printable.ts';

/** The file that a notice is about. */
export interface NoticeFile {
  /** Id of the stream. */
  readonly id: string;
  readonly path: string;
}

export interface OversizeLine {
  /** Of its first byte. */
  readonly offset: number;
  readonly length: number;
  /** SHA-256 of its first 256 bytes, in hexadecimal; empty if they were not seen. */
  readonly sha: string;
}

/** A line that was too long to be read: where it begins, how long it is, and the SHA-256 of its first bytes. */
export function oversizeNotice(file: NoticeFile, line: OversizeLine, most: number): Notice {
  return {
    kind: 'oversize_line',
    message:
      `a line of ${formatBytes(line.length)} at byte ${line.offset} of ${printable(file.path)} was skipped: ` +
      `max_log_size is ${formatBytes(most)}`,
    identity: [file.id, String(line.offset)],
    attributes: {
      ...place(file, line.offset),
      'riskpipe.notice.length': line.length,
      'riskpipe.notice.sha256': line.sha,
    },
  };
}

/** NUL bytes where a line should be: a hole that truncation left under a writer, or that a power cut filled. */
export function nulRunNotice(file: NoticeFile, offset: number, length: number): Notice {
  return {
    kind: 'nul_run',
    message:
      `${formatBytes(length)} of NUL at byte ${offset} of ${printable(file.path)} were skipped: ` +
      `what was written there is gone, or never was`,
    identity: [file.id, String(offset)],
    attributes: { ...place(file, offset), 'riskpipe.notice.length': length },
  };
}

/** What was read before is no longer in the file, which is the same one otherwise. */
export function truncatedNotice(file: NoticeFile, offset: number): Notice {
  return {
    kind: 'file_truncated',
    message:
      `${printable(file.path)} was truncated or overwritten in place after byte ${offset}; it is read from its ` +
      `beginning, and what stood behind that byte is lost unless a copy of the file matches include`,
    identity: [file.id, String(offset)],
    attributes: place(file, offset),
  };
}

function place({ path }: NoticeFile, offset: number): Attributes {
  return { 'log.file.path': path, 'log.file.name': basename(path), 'riskpipe.notice.offset': offset };
}
