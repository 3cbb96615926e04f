import type { Measurement } from '../../otlp/metric-data.ts';
import { printable } from '../../util/printable.ts';
import type { MetricName } from './metric-catalog.ts';

/** A file may have a path of 4,096 bytes, and whoever names it may not like us. */
const maxLabel = 256;

/** One value of a metric of the catalog; the values of labels are bounded and safe to show. */
export function measured(
  name: MetricName,
  value: number,
  labels: Readonly<Record<string, string>> = {},
): Measurement {
  const safe = Object.entries(labels).map(([label, text]) => [label, bounded(text)]);
  return { name, value, labels: Object.fromEntries(safe) };
}

/** The end says more than the beginning: of a path, it is the name. */
function bounded(text: string): string {
  const shown = printable(text);
  return shown.length <= maxLabel ? shown : `…${shown.slice(1 - maxLabel)}`;
}
