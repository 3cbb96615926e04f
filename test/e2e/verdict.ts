import { isDeepStrictEqual } from 'node:util';
import type { Written } from './audit-writer.ts';
import { textOf, type Delivered } from './otlp-json.ts';

/** What a backend got, held against what was written (spec/reliability.md §3.1). All lists must be empty. */
export interface Verdict {
  /** Expected, and never delivered. */
  readonly lost: readonly string[];
  /** Delivered, and not expected: notices too. */
  readonly unexpected: readonly string[];
  /** Delivered with something else in it than expected. */
  readonly wrong: readonly string[];
  /** One finding under two ids. */
  readonly duplicated: readonly string[];
}

export const flawless: Verdict = { lost: [], unexpected: [], wrong: [], duplicated: [] };

/** What is to be found, and all it may be made of. */
export type Judged = Pick<Written, 'key' | 'time' | 'body' | 'attributes' | 'lines' | 'counted'>;

/** `delivered`: one record for each uid. */
export function judge(expected: ReadonlyMap<string, Judged>, delivered: readonly Delivered[]): Verdict {
  const seen = new Set<string>();
  const duplicated: string[] = [];
  const unexpected: string[] = [];
  const wrong: string[] = [];
  for (const record of delivered) {
    // Who is killed again and again says so, which is as it should be.
    if (record.attributes['riskpipe.notice.kind'] === 'crash_loop') continue;
    const key = keyOf(record);
    const wanted = expected.get(key);
    if (wanted === undefined) unexpected.push(key);
    else wrong.push(...differences(wanted, record));
    if (seen.has(key)) duplicated.push(key);
    seen.add(key);
  }
  return { lost: [...expected.keys()].filter((key) => !seen.has(key)), unexpected, wrong, duplicated };
}

/** The key under which a record is expected. */
export function keyOf(record: Delivered): string {
  const fields = record.attributes['finding.fields'];
  if (record.eventName !== 'riskpipe.risk_event' || typeof fields !== 'object' || fields === null) {
    return `${record.eventName} ${String(record.body)}`;
  }
  const columns: Readonly<Record<string, unknown>> = { ...fields };
  const name = columns['objectRef.name'];
  return name === undefined ? `denied ${textOf(columns['user'])}` : `pull ${textOf(name)}`;
}

function differences(
  { key, time, body, attributes, lines, counted }: Judged,
  record: Delivered,
): readonly string[] {
  const evidence = record.attributes['finding.evidence'];
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ['time', crossedElsewhere(counted, record) ? record.time : time, record.time],
    ['body', body, record.body],
    ['number of lines', lines, Array.isArray(evidence) ? new Set(evidence).size : 0],
    ...Object.entries(attributes).map(([name, value]) => [name, value, record.attributes[name]] as const),
  ];
  return pairs
    .filter(([, wanted, got]) => !isDeepStrictEqual(wanted, got))
    .map(([what, wanted, got]) => `${key}: ${what} is ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`);
}

/**
 * No order is promised between files (spec/reliability.md W15): a threshold whose lines are in several may be crossed
 * by any of them. Within one file only the line that was written as the last one needed is right.
 */
function crossedElsewhere(counted: Judged['counted'], { time }: Delivered): boolean {
  return counted !== undefined && counted.files.size > 1 && counted.times.has(time);
}
