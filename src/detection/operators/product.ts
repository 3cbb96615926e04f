/**
 * The cartesian product of `lists`, at most `limit` tuples of it: the last list varies fastest, so what stands first
 * in the first list comes with everything else before its second item does.
 */
export function* product<T>(lists: readonly (readonly T[])[], limit: number): Generator<readonly T[]> {
  if (lists.some((list) => list.length === 0)) return;
  const at = lists.map(() => 0);
  const tuple = lists.flatMap((list) => list.slice(0, 1));
  for (let made = 0; made < limit; made++) {
    yield tuple.slice();
    let digit = lists.length - 1;
    for (; digit >= 0; digit--) {
      const list = lists[digit] ?? [];
      const next = ((at[digit] ?? 0) + 1) % list.length;
      at[digit] = next;
      const item = list[next];
      if (item !== undefined) tuple[digit] = item;
      if (next !== 0) break;
    }
    if (digit < 0) return;
  }
}

/** How many tuples the whole product has. */
export const productSize = (lists: readonly (readonly unknown[])[]): number =>
  lists.reduce((size, list) => size * list.length, 1);
