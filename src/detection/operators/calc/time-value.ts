import type { Time } from '../../../record/time.ts';
import type { CalcValue } from './calc-value.ts';
import { numberIn, textIn } from './conversions.ts';

const plain = /^(-?)(\d{1,12})(?:\.(\d*))?$/;
const second = 1_000_000_000n;

/** Of the years 1 to 9999. */
const first = -62_135_596_800n * second;
const last = 253_402_300_800n * second;

/**
 * The time that a value means, in seconds since 1970-01-01 UTC. A text is read digit by digit, to the nanosecond: a
 * number cannot hold that much. Undefined if it is no number, or outside the years 1 to 9999.
 */
export function timeIn(value: CalcValue | undefined): Time | undefined {
  const number = numberIn(value);
  if (number === undefined) return undefined;
  const time = exactTime(textIn(value) ?? '') ?? BigInt(Math.trunc(number)) * second;
  return time >= first && time < last ? time : undefined;
}

function exactTime(text: string): Time | undefined {
  const [, sign, seconds, fraction = ''] = plain.exec(text) ?? [];
  if (seconds === undefined) return undefined;
  const size = BigInt(seconds) * second + BigInt(fraction.slice(0, 9).padEnd(9, '0'));
  return sign === '-' ? -size : size;
}

/** A time in seconds since 1970-01-01 UTC, as exact as a number can be: to a microsecond or better. */
export function secondsOf(time: Time): number {
  const size = time < 0n ? -time : time;
  const fraction = (size % second).toString().padStart(9, '0');
  return Number(`${time < 0n ? '-' : ''}${size / second}.${fraction}`);
}
