/**
 * The cartesian product of `lists`, at most `limit` tuples of it: the last list varies fastest, so what stands first
 * in the first list comes with everything else before its second item does.
 */
export function* product<T>(lists: readonly (readonly T[])[], limit: number): Generator<readonly T[]> {
  if (lists.some((list) => list.length === 0)) return;
  const at = lists.map(() => 0);
  for (let made = 0; made < limit; made++) {
    yield lists.map((list, index) => list[at[index] ?? 0]).filter((item) => item !== undefined);
    let digit = lists.length - 1;
    for (; digit >= 0; digit--) {
      const next = (at[digit] ?? 0) + 1;
      at[digit] = next < (lists[digit]?.length ?? 0) ? next : 0;
      if (at[digit] !== 0) break;
    }
    if (digit < 0) return;
  }
}

/** How many tuples the whole product has. */
export const productSize = (lists: readonly (readonly unknown[])[]): number =>
  lists.reduce((size, list) => size * list.length, 1);
