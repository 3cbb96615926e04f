import type { LogRecord } from '../../record/record.ts';
import { printable } from '../../util/printable.ts';
import { shortened } from './shown-value.ts';

const kinds: Readonly<Record<string, string>> = {
  '': 'log line',
  'riskpipe.risk_event': 'risk event',
  'riskpipe.finding': 'finding',
  'riskpipe.notice': 'notice',
};

/** One line: `3 records: 2 risk events, 1 notice`; records of other events under their own names. */
export function basicText(records: readonly LogRecord[]): string {
  const counts = new Map<string, number>();
  for (const { eventName } of records) counts.set(eventName, (counts.get(eventName) ?? 0) + 1);
  const parts = [...counts].map(([name, count]) => {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    return kind === undefined ? `${count} ${shortened(printable(name), 64)}` : counted(count, kind);
  });
  return `${counted(records.length, 'record')}: ${parts.join(', ')}\n`;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
