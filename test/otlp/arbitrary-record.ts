import fc from 'fast-check';
import type { LogRecord } from '../../src/record/record.ts';
import type { Attributes, Value } from '../../src/record/value.ts';

const scalar: fc.Arbitrary<Value> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('a', '\ud800', '\udc00', '\u0000', '"', 'é') }),
  fc.boolean(),
  fc.constant(null),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double(),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -0, 2 ** 53, -(2 ** 63), 2 ** 64, 1e300),
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }),
  fc.uint8Array({ maxLength: 8 }),
);

const key = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', '', 'k8s.pod.name', '\ud800'));

const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

const attributes: fc.Arbitrary<Attributes> = fc.dictionary(key, value, { maxKeys: 4, noNullPrototype: true });
const time = fc.bigInt({ min: 1n, max: 2n ** 64n - 1n });
const id = (bytes: number): fc.Arbitrary<string> =>
  fc.option(
    fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((some) => Buffer.from(some).toString('hex')),
    { nil: '' },
  );

/** Objects as our code makes them; fast-check's own sometimes have no prototype. */
function plain<T>(model: { [Key in keyof T]: fc.Arbitrary<T[Key]> }): fc.Arbitrary<T> {
  return fc.record<T>(model, { noNullPrototype: true });
}

/** Records as any part of the program may make them, with what JSON and protobuf have trouble with. */
export const record: fc.Arbitrary<LogRecord> = plain({
  time: fc.option(time, { nil: undefined }),
  observedTime: time,
  severityNumber: fc.integer({ min: 0, max: 24 }),
  severityText: fc.string(),
  eventName: fc.string(),
  body: value,
  attributes,
  resource: plain({ attributes }),
  scope: plain({ name: fc.string(), version: fc.string(), attributes }),
  traceId: id(16),
  spanId: id(8),
  flags: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
});

/** A record as it comes back: with what the encoder says it changes, changed. */
export function expected(given: LogRecord): LogRecord {
  return {
    ...given,
    body: carried(given.body),
    attributes: carriedMap(given.attributes),
    resource: { attributes: carriedMap(given.resource.attributes) },
    scope: { ...given.scope, attributes: carriedMap(given.scope.attributes) },
  };
}

/** Written apart from the encoder on purpose: what cannot be an exact integer of a double is text. */
function carried(held: Value): Value {
  if (typeof held === 'bigint') {
    return held > -(2n ** 53n) && held < 2n ** 53n ? Number(held) : held.toString();
  }
  if (typeof held === 'number') return Math.abs(held) < 2 ** 53 ? held + 0 : String(held);
  if (typeof held === 'string') return wellFormed(held);
  if (held === null || typeof held !== 'object') return held;
  if (held instanceof Uint8Array) return held;
  if (Array.isArray(held)) return held.map((item: Value) => carried(item));
  return carriedMap(held as Attributes);
}

function carriedMap(held: Attributes): Attributes {
  return Object.fromEntries(Object.entries(held).map(([name, item]) => [wellFormed(name), carried(item)]));
}

const wellFormed = (text: string): string => Buffer.from(text).toString();
