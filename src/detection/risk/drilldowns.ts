import type { Time } from '../../record/time.ts';
import type { Value } from '../../record/value.ts';
import { cutText } from '../bounded.ts';
import type { Finding } from '../finding.ts';
import type { Drilldown } from '../plan/plan.ts';
import type { Message } from '../plan/message.ts';
import { filledMessage } from './message.ts';

/**
 * The searches that an analyst may go on with, their places filled from the row; `$info_min_time$` and
 * `$info_max_time$` are the finding's window in epoch seconds (spec/spl.md §4.1).
 *
 * Whoever made the event chose the values, and an analyst will run the search: a value that is more than a word is put
 * in quotes, and what could end quotes is escaped.
 */
export function drilldowns(finding: Finding): readonly Value[] {
  return finding.plan.about.drilldowns.map((drilldown) => filled(drilldown, finding));
}

function filled({ name, search, earliest, latest }: Drilldown, finding: Finding): Value {
  const plain = (message: Message): string => filledMessage(message, (column) => textOf(finding, column));
  return {
    name: plain(name),
    search: filledMessage(search, (column, before) => {
      const text = textOf(finding, column);
      return text === undefined ? undefined : quotedText(text, before);
    }),
    earliest: plain(earliest),
    latest: plain(latest),
  };
}

function textOf({ columns, window }: Finding, column: string): string | undefined {
  if (window !== undefined && column === 'info_min_time') return seconds(window.start);
  if (window !== undefined && column === 'info_max_time') return seconds(window.end);
  const text = columns.get(column)?.join(' ');
  return text === undefined ? undefined : cutText(text);
}

function quotedText(text: string, before: string): string {
  const escaped = text.replaceAll(/[\\"|`$[\]]/g, (char) => (/[\\"|]/.test(char) ? `\\${char}` : ' '));
  if (isInQuotes(before)) return escaped;
  return /^[\w.:@/-]+$/.test(text) ? text : `"${escaped}"`;
}

/** True if an odd number of quotes that count stands before. */
const isInQuotes = (before: string): boolean =>
  (before.replaceAll(/\\./g, '').match(/"/g)?.length ?? 0) % 2 === 1;

function seconds(time: Time): string {
  const fraction = (time % 1_000_000_000n).toString().padStart(9, '0').replace(/0+$/, '');
  return `${time / 1_000_000_000n}${fraction === '' ? '' : `.${fraction}`}`;
}
