import type { Search } from '../../../../src/detection/frontends/splunk/spl/ast.ts';
import type { Time } from '../../../../src/record/time.ts';
import { evaluate, isWanted } from './evaluate.ts';
import type { Event } from './event.ts';
import type { Row, World } from './table.ts';

const minute = 60_000_000_000n;

/** The hourly schedule of ESCU: a run at T looks at [T-70m, T-10m) (spec/spl.md §3.9). */
const earliest = 70n * minute;
const latest = 10n * minute;
const hour = 60n * minute;

/** What the runs of a search found, and how many events came too late for theirs. */
export interface Runs {
  readonly rows: readonly Row[];
  readonly late: number;
  /** How many runs looked at any event. */
  readonly windows: number;
}

/**
 * Runs a search hour by hour over all events, given in the order in which they came. A run sees what came before its
 * time; the clock is what the search has matched so far: the newest event time among it. A window that holds an event is
 * looked at, whether or not the search is about that event.
 */
export function evaluateHourly(search: Search, events: readonly Event[], world: Omit<World, 'now'>): Runs {
  const windows = new Map<Time, Event[]>();
  let clock = 0n;
  let late = 0;
  for (const event of events) {
    const run = runOf(event.time);
    const wanted = isWanted(search, event);
    if (clock >= run) late += wanted ? 1 : 0;
    else windows.set(run, [...(windows.get(run) ?? []), ...(wanted ? [event] : [])]);
    if (wanted && event.time > clock) clock = event.time;
  }
  const rows = [...windows].flatMap(([run, seen]) =>
    evaluate(search, seen, { ...world, now: Number((run - latest) / 1_000_000_000n) }),
  );
  return { rows, late, windows: windows.size };
}

/** The one run T whose window holds a time: T-70m <= time < T-10m, T a full hour. */
function runOf(time: Time): Time {
  const first = time + latest;
  const run = (first / hour + 1n) * hour;
  if (time < run - earliest || time >= run - latest) throw new Error('bug: no run');
  return run;
}
