import { basename, dirname, join } from 'node:path';
import { plainPath } from './archive/archive-name.ts';

// lumberjack's `-2006-01-02T15-04-05.000` (spec/k8s-audit.md §4), logrotate's `-20060102` and `.1`, plain numbers.
const rotationMark = /[-.]\d[\dT._-]*(?=\.[a-z]+$|$)/i;

/**
 * The log that a file belongs to: its path without what a rotation put into the name. Files of one family are
 * parts of one log and are read oldest first; families take turns.
 */
export function logFamily(path: string): string {
  const plain = plainPath(path);
  return join(dirname(plain), basename(plain).replace(rotationMark, ''));
}
