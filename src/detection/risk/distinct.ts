/** Each value once: a `list()` may hold one several times. The very same list if it holds one value. */
export const distinct = (values: readonly string[] = []): readonly string[] =>
  values.length === 1 ? values : [...new Set(values)];
