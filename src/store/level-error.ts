import { reasonOf } from '../util/reason-of.ts';
import { StoreError } from './store.ts';

/** Why LevelDB could not open the store in `directory`, for who runs it. */
export function openError(directory: string, error: unknown): StoreError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'LEVEL_LOCKED') {
    return new StoreError(
      'locked',
      `the store in ${directory} is in use by another riskpipe; give each instance its own directory`,
      { cause: error },
    );
  }
  const reason = isNoSpace(cause) ? 'full' : code === 'LEVEL_CORRUPTION' ? 'corrupt' : 'unusable';
  return new StoreError(reason, `could not open the store in ${directory}: ${reasonOf(cause)}`, {
    cause: error,
  });
}

/** True if the disk, or what its owner may use of it, is full. LevelDB gives the system's words, not its number. */
export const isNoSpace = (error: unknown): boolean =>
  /No space left on device|Disk quota exceeded|ENOSPC|EDQUOT/.test(reasonOf(error));
