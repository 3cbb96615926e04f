import { reasonOf } from '../util/reason-of.ts';
import type { Log } from './log.ts';

/** Files that are followed: true if there is something new to use; throws, once for each change, if it is of no use. */
interface Followed {
  refresh(): Promise<boolean>;
}

/** What is said when the files have something new, and when that is of no use. */
interface Words {
  readonly changed: string;
  readonly kept: string;
}

/** True if `files` have changed and what they hold now is to be used. What is of no use is said, and the old goes on. */
export async function refresh(
  files: Followed,
  { changed, kept }: Words,
  log: Pick<Log, 'info' | 'error'>,
): Promise<boolean> {
  try {
    if (!(await files.refresh())) return false;
    log.info(changed);
    return true;
  } catch (error) {
    log.error(`${kept}: ${reasonOf(error)}`);
    return false;
  }
}

/** What `refresh` says of files of TLS. */
export const certificateWords: Words = {
  changed: 'certificates have changed; new connections use them',
  kept: 'certificates have changed and cannot be used, so the old ones stay',
};
