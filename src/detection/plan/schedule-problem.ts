import type { Time } from '../../record/time.ts';
import { compileCron, type Cron } from './cron.ts';
import { reachOf } from './relative-reach.ts';
import { applyRelativeTime, parseRelativeTime, type RelativeTime } from './relative-time.ts';
import type { Schedule } from './transform.ts';

/** Windows that one event may be in. Each keeps the event for itself. */
const maxWindows = 200;

/** Why a search cannot run by a schedule, for whoever wrote it; undefined if it can. */
export function scheduleProblem(schedule: Schedule): string | undefined {
  const cron = compileCron(schedule.cron);
  if (cron === undefined) {
    return `cron "${schedule.cron}" cannot be read; write five fields (minute, hour, day, month, weekday) such as "0 * * * *"`;
  }
  const problem = boundProblem('earliest', schedule.earliest) ?? boundProblem('latest', schedule.latest);
  if (problem !== undefined) return problem;
  const earliest = parseRelativeTime(schedule.earliest);
  const latest = parseRelativeTime(schedule.latest);
  return earliest && latest && windowProblem(schedule, cron, { earliest, latest });
}

function boundProblem(name: 'earliest' | 'latest', text: string): string | undefined {
  switch (parseRelativeTime(text)?.kind) {
    case undefined:
      return `${name} "${text}" is not a relative time; write one such as "-70m@m", in minutes (m), hours (h), days (d) or weeks (w)`;
    case 'fixed':
      return `${name} "${text}" is the same time in every run, so windows would have no end; write a relative time such as "-24h@h"`;
    case 'relative':
      return undefined;
  }
}

interface Bounds {
  readonly earliest: RelativeTime;
  readonly latest: RelativeTime;
}

function windowProblem(schedule: Schedule, cron: Cron, { earliest, latest }: Bounds): string | undefined {
  const runs = firstRuns(cron, mayOverlap({ earliest, latest }) ? 2 * maxWindows : 24);
  if (runs.length === 0) return `cron "${schedule.cron}" names a day that never comes`;
  const starts = runs.map((run) => applyRelativeTime(earliest, run));
  const ends = runs.map((run) => applyRelativeTime(latest, run));
  if (starts.some((start, index) => start >= (ends[index] ?? start))) {
    return `earliest "${schedule.earliest}" is not before latest "${schedule.latest}"`;
  }
  if (ends.some((end, index) => end > (runs[index] ?? end))) {
    return `latest "${schedule.latest}" lies in the future of a run, which cannot see what has not happened; write "now" or less`;
  }
  const crowded = starts.slice(maxWindows).some((start, index) => start < (ends[index] ?? start));
  return crowded
    ? `an event would be in more than ${maxWindows} windows; run less often than "${schedule.cron}", or look back less far than "${schedule.earliest}"`
    : undefined;
}

/** True if an event may be in more than one window of a schedule that has no `scheduleProblem`. */
export function windowsOverlap(schedule: Schedule): boolean {
  const cron = compileCron(schedule.cron);
  const earliest = parseRelativeTime(schedule.earliest);
  const latest = parseRelativeTime(schedule.latest);
  if (!cron || !earliest || !latest) return false;
  const runs = firstRuns(cron, maxWindows);
  const starts = runs.map((run) => applyRelativeTime(earliest, run));
  const ends = runs.map((run) => applyRelativeTime(latest, run));
  return starts.slice(1).some((start, index) => start < (ends[index] ?? start));
}

/** False if more windows than may be cannot come together even with a run in each minute. */
function mayOverlap({ earliest, latest }: Bounds): boolean {
  const from = reachOf(earliest)?.least ?? 0n;
  const to = reachOf(latest)?.most ?? 0n;
  return to - from > BigInt(maxWindows) * 60_000_000_000n;
}

/** From a leap year on. */
function firstRuns(cron: Cron, count: number): readonly Time[] {
  const runs: Time[] = [];
  let run = cron.next(1_704_067_199_000_000_000n);
  while (run !== undefined && runs.length < count) {
    runs.push(run);
    run = cron.next(run);
  }
  return runs;
}
