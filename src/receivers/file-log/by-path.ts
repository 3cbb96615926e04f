import type { FollowedFile } from './followed-file.ts';

/** Files by their paths. One that was replaced and the one that took its place may both have the same. */
export function byPath(files: readonly FollowedFile[]): ReadonlyMap<string, readonly FollowedFile[]> {
  const map = new Map<string, FollowedFile[]>();
  for (const file of files) {
    const others = map.get(file.path);
    if (others) others.push(file);
    else map.set(file.path, [file]);
  }
  return map;
}
