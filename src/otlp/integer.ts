/** A 64-bit integer as our `Value`s hold it: a number where that is exact, a bigint where it is not. */
export function narrowed(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** OTLP's severity number: 1 to 24; what else a sender writes means as much as 0, unknown. */
export function severity(value: bigint): number {
  return value >= 1n && value <= 24n ? Number(value) : 0;
}

/** A time stamp of OTLP, where 0 means that there is none. */
export function knownTime(value: bigint): bigint | undefined {
  return value === 0n ? undefined : value;
}
