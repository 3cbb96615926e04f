import type { Arrival } from './file-intake.ts';
import type { FollowedFiles } from './followed-files.ts';

/** Rotations do not follow each other as fast as looks do; a file that nobody may open stays a stranger for ever. */
const mostLooks = 3;

/**
 * Has `files` follow what `list` gives, the paths that there are at that moment; gives the files that are new. If a log
 * is rotated meanwhile its new file may be taken up, and its old one not. So what is new is looked at once more before
 * anything is read: with an older file of the same log to go before it, it is taken up again, behind that one.
 */
export async function takeUp(
  files: FollowedFiles,
  list: () => Promise<readonly string[]>,
): Promise<readonly Arrival[]> {
  let arrivals = files.update(await list());
  for (let looks = 1; looks < mostLooks && arrivals.some(isNew); looks++) {
    const paths = await list();
    const waiting = files.strangerFamilies(paths);
    const early = arrivals.filter((arrival) => isNew(arrival) && waiting.has(arrival.file.family));
    if (early.length === 0) break;
    for (const { file } of early) files.forget(file);
    const others = arrivals.filter((arrival) => !early.includes(arrival));
    arrivals = [...others, ...files.update(paths)];
  }
  files.settle();
  return arrivals;
}

const isNew = ({ from }: Arrival): boolean => from !== 'a stored position';
