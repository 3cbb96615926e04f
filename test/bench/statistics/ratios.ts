/** By round; undefined where a round brought no value. */
export type Rounds = readonly (number | undefined)[];

/**
 * `of` divided by `to`, round by round: what disturbs the machine for a minute disturbs both. Rounds that lack one of
 * the two are left out.
 */
export function ratiosOf(of: Rounds, to: Rounds): readonly number[] {
  return of.flatMap((value, round) => {
    const other = to[round];
    return value === undefined || other === undefined || other === 0 ? [] : [value / other];
  });
}
