import { AuditEvents, type Line } from '../e2e/audit-events.ts';
import { seed } from './knobs.ts';

/** So many lines of a cluster in which there is nothing to find, and which count for nothing. */
export function ordinaryLines(count: number): readonly Line[] {
  const events = new AuditEvents(seed + 1, Date.now());
  const lines: Line[] = [];
  while (lines.length < count) {
    const line = events.next();
    if (line.expected === undefined && line.counts === undefined && line.text.includes('"leases"'))
      lines.push(line);
  }
  return lines;
}
