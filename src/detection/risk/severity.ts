/** A severity as OTLP has it: a number from 1 to 24, and the word of whoever judged. */
export interface Severity {
  readonly number: number;
  readonly text: string;
}

const bands: readonly (readonly [from: number, severity: Severity])[] = [
  [80, { number: 21, text: 'critical' }],
  [60, { number: 17, text: 'high' }],
  [40, { number: 13, text: 'medium' }],
  [30, { number: 11, text: 'low' }],
  [20, { number: 10, text: 'low' }],
];

/** Of what has no score, or a score below 20. */
export const informational: Severity = { number: 9, text: 'informational' };

/**
 * The severity of a risk score: informational below 20, low from 20, medium from 40, high from 60, critical from 80
 * and above. Numbers as in spec/collector.md §7; of its two numbers for low the higher begins at 30.
 */
export function severityOf(score: number): Severity {
  return bands.find(([from]) => score >= from)?.[1] ?? informational;
}
