import { dirname, join, parse, resolve, sep } from 'node:path';
import { isDynamicPattern } from 'tinyglobby';

/** The deepest directory that everything a glob matches lies under: `/var/log` of `/var/log/*.log`. */
export function globDirectory(pattern: string): string {
  if (!isDynamicPattern(pattern)) return dirname(resolve(pattern));
  const absolute = resolve(pattern);
  const { root } = parse(absolute);
  const segments = absolute.slice(root.length).split(sep);
  const first = segments.findIndex((segment) => isDynamicPattern(segment));
  return join(root, ...segments.slice(0, first === -1 ? segments.length - 1 : first));
}
