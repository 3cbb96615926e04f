import fc from 'fast-check';

/** A plain object, as a parser makes it: with the usual prototype. */
export const record: <T>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.Arbitrary<T> = (shape) =>
  fc.record(shape, { noNullPrototype: true });

export const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('', 'true', '403', 'null', '- a', 'x: y', '~', 'a\nb', '<<', '='),
);
export const texts = fc.array(text, { maxLength: 4 });
export const number = fc
  .double({ noNaN: true, noDefaultInfinity: true })
  .map((value) => (value === 0 ? 0 : value));
export const flag = fc.boolean();
export const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });
