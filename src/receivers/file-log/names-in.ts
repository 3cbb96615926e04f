import { readdirSync } from 'node:fs';
import { errorCode } from '../../util/error-code.ts';
import { openError } from './open-log.ts';

/** The names in `directory`; none if there is no such directory. Throws `SourceError` if it cannot be listed. */
export function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error))) return [];
    throw openError(directory, error);
  }
}
