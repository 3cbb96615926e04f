import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { formatTime, type Time } from '../../record/time.ts';

/**
 * Moves the files of a damaged store into a folder of their own, `corrupt-<UTC time>`, and gives its path. The folder
 * is inside `directory`, which is often the root of a volume: that cannot be renamed. What a crash leaves undone is
 * found damaged and set aside at the next start.
 */
export function setAside(directory: string, now: Time): string {
  const kept = join(directory, `corrupt-${formatTime(now).replaceAll(/[-:]/g, '')}`);
  mkdirSync(kept, { mode: 0o700 });
  const names = readdirSync(directory).filter((name) =>
    /^(\d+\..*|MANIFEST-.*|LOG.*|LOCK|COMMITTED|CURRENT)$/.test(name),
  );
  // CURRENT last: without it the rest would look like no store at all.
  for (const name of names.toSorted((one) => (one === 'CURRENT' ? 1 : -1))) {
    renameSync(join(directory, name), join(kept, name));
  }
  return kept;
}
