import { formatTime } from '../../record/time.ts';
import type { LogRecord } from '../../record/record.ts';

/** `2026-04-12 12:30:19 UTC`: when it happened, else when we saw it; without the fraction of the second. */
export function shownTime({ time, observedTime }: Pick<LogRecord, 'time' | 'observedTime'>): string {
  return `${formatTime(time ?? observedTime)
    .slice(0, 19)
    .replace('T', ' ')} UTC`;
}
