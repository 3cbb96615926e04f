import { basename, dirname, resolve } from 'node:path';

const special = /[*?!+@|()[\]{}\\]/;

/** True if all that a path or glob can match lies in one directory, which is then its `globDirectory`. */
export function namesOneDirectory(pattern: string): boolean {
  const path = resolve(pattern);
  return !special.test(dirname(path)) && !basename(path).includes('**');
}
