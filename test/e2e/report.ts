import { readFileSync } from 'node:fs';
import { z } from 'zod';

const counts = z.record(z.string(), z.number());
const shape = z.object({
  receivers: z.record(z.string(), counts),
  processors: z.record(
    z.string(),
    z.object({
      lines: counts,
      detections: z.record(z.string(), counts),
      allowlists: z.record(z.string(), counts),
    }),
  ),
  exporters: z.record(z.string(), counts),
});

/** What `replay --report` writes: the counters of design §3, by component. */
export type Report = z.infer<typeof shape>;

/** Throws if the file holds no report. */
export const readReport = (path: string): Report => shape.parse(JSON.parse(readFileSync(path, 'utf8')));

/** The sum of a counter over all components of a kind. */
export function total(report: Report, name: 'lines' | 'oversize' | 'evaluated' | 'malformed'): number {
  const all =
    name === 'lines' || name === 'oversize'
      ? Object.values(report.receivers)
      : Object.values(report.processors).map(({ lines }) => lines);
  return all.reduce((sum, of) => sum + (of[name] ?? 0), 0);
}

/** Each equation of design §3 ("No silent drop") that does not hold, as a sentence. For one receiver. */
export function imbalances(report: Report): readonly string[] {
  const evaluated = total(report, 'evaluated');
  return [
    unequal(
      'lines',
      total(report, 'lines'),
      evaluated + total(report, 'malformed') + total(report, 'oversize'),
    ),
    ...Object.values(report.processors).flatMap(({ lines, detections }) =>
      Object.entries(detections).flatMap(([id, of]) => [
        unequal(`${id}: evaluated`, lines['evaluated'] ?? 0, sum(of, ['unmatched', 'allowed', 'counted'])),
        unequal(`${id}: findings`, of['findings'] ?? 0, sum(of, ['emitted', 'suppressed'])),
      ]),
    ),
    ...Object.entries(report.exporters).map(([id, of]) =>
      unequal(
        `${id}: records`,
        of['records'] ?? 0,
        sum(of, ['delivered', 'queued', 'dead', 'dropped', 'suppressed']),
      ),
    ),
  ].filter((complaint) => complaint !== '');
}

const sum = (of: Readonly<Record<string, number>>, names: readonly string[]): number =>
  names.reduce((total, name) => total + (of[name] ?? 0), 0);

const unequal = (what: string, left: number, right: number): string =>
  left === right ? '' : `${what} is ${left}, its parts are ${right}`;
