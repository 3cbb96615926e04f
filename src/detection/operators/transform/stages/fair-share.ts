/**
 * How many of its items each of several lists may give, so that all together give at most `most` and short lists
 * give all they have: no list, however long, pushes out another. At least one each.
 */
export function fairShare(sizes: readonly number[], most: number): number {
  const ascending = sizes.toSorted((a, b) => a - b);
  let left = most;
  for (const [index, size] of ascending.entries()) {
    const share = Math.floor(left / (ascending.length - index));
    if (size > share) return Math.max(1, share);
    left -= size;
  }
  return Math.max(1, most);
}
