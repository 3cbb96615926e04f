import type { Delivered } from '../e2e/otlp-json.ts';

/** Prints what a test has compared, for whoever reads the run. */
export function sayCompared(what: string, records: readonly Delivered[]): void {
  const attributes = records.reduce((sum, record) => sum + Object.keys(record.attributes).length, 0);
  console.log(`compared ${records.length} records with ${attributes} attributes: ${what}`);
}
