import { eventTimeBefore } from './event-time.ts';
import { gatherEvidence } from './evidence.ts';
import type { FilePosition, Skip } from './file-position.ts';
import type { FollowedFile } from './followed-file.ts';

/** The position of the open `file` once everything before `offset` has been handed on. Throws `SourceError`. */
export function positionAt(file: FollowedFile, offset: number, skip: Skip | null): FilePosition {
  const { position, path, size, bytes } = file;
  const evidence = gatherEvidence(bytes, offset, position.evidence);
  const eventTime = eventTimeBefore(bytes, offset) ?? position.eventTime;
  return { ...position, path, offset, size, skip, evidence, eventTime };
}
