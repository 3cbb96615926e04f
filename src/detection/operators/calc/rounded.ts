/** Rounds half away from zero, by what the number reads as in decimal: 2.555 to two places is 2.56. */
export function rounded(value: number, places: number): number {
  const shifted = shift(Math.abs(value), places);
  // Beyond what a number can hold there is nothing left to round.
  if (!Number.isFinite(shifted)) return value;
  return Math.sign(value) * shift(Math.round(shifted), -places);
}

/** A number with its decimal point moved to the right. */
function shift(value: number, places: number): number {
  const [digits = '', exponent = '0'] = String(value).split('e');
  return Number(`${digits}e${Number(exponent) + places}`);
}
