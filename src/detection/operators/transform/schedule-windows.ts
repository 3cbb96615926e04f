import type { Time } from '../../../record/time.ts';
import { assert } from '../../../util/assert.ts';
import { compileCron, type Cron } from '../../plan/cron.ts';
import { reachOf, type Reach } from '../../plan/relative-reach.ts';
import { applyRelativeTime, parseRelativeTime, type RelativeTime } from '../../plan/relative-time.ts';
import type { Schedule } from '../../plan/transform.ts';

/** What one run of a schedule looks at: events of [start, end), at the time `runs`. */
export interface ScheduleWindow {
  readonly start: Time;
  readonly end: Time;
  readonly runs: Time;
}

/** A span of time through which the same windows are open: from one boundary of a window to the next. */
interface Stretch {
  readonly from: Time;
  readonly to: Time;
  readonly windows: readonly ScheduleWindow[];
  readonly primary: ScheduleWindow;
}

/** Stretches to remember: as many as streams may be apart. */
const maxKnown = 8;

/** The windows of a schedule as if it had always run, compared in nanoseconds (spec/spl.md §3.9, §9). */
export class ScheduleWindows {
  readonly #cron: Cron;
  readonly #earliest: Bound;
  readonly #latest: Bound;
  /** The one last asked for comes first. */
  #known: readonly Stretch[] = [];

  /** `schedule` has no problem (`scheduleProblem`). */
  constructor(schedule: Schedule) {
    const cron = compileCron(schedule.cron);
    assert(cron, `"${schedule.cron}" is not a cron expression`);
    this.#cron = cron;
    this.#earliest = boundOf(schedule.earliest);
    this.#latest = boundOf(schedule.latest);
  }

  /**
   * All windows that hold `time`, in the order in which they run; none if it lies between windows. Two runs may look at
   * the same span: what tells windows apart is when they run.
   */
  windowsAt(time: Time): readonly ScheduleWindow[] {
    return this.#stretchAt(time).windows;
  }

  /**
   * The window that holds `time` and ends first. If none does, the gap between two windows as if it were one: it runs
   * with the window behind it.
   */
  primaryAt(time: Time): ScheduleWindow {
    return this.#stretchAt(time).primary;
  }

  #stretchAt(time: Time): Stretch {
    const known = this.#known.find(({ from, to }) => from <= time && time < to);
    if (known !== undefined && known === this.#known[0]) return known;
    const stretch = known ?? this.#findStretch(time);
    this.#known = [stretch, ...this.#known.filter((other) => other !== stretch)].slice(0, maxKnown);
    return stretch;
  }

  #findStretch(time: Time): Stretch {
    const near = this.#windowsNear(time);
    const bounds = near.flatMap(({ start, end }) => [start, end]);
    const from = bounds.reduce((a, b) => (b <= time && b > a ? b : a), firstTime);
    const to = bounds.reduce((a, b) => (b > time && b < a ? b : a), lastTime);
    const windows = near.filter(({ start, end }) => start <= time && time < end);
    const [first, ...others] = windows;
    const runs = near.find(({ start }) => start === to)?.runs ?? to;
    const primary = first
      ? others.reduce((a, b) => (b.end < a.end ? b : a), first)
      : { start: from, end: to, runs };
    return { from, to, windows, primary };
  }

  /**
   * Every window that holds `time`, and those that end last before it and begin first behind it. Snapping moves bounds
   * unevenly, so runs are looked through as far as bounds may reach beyond those of the runs next to `time`.
   */
  #windowsNear(time: Time): readonly ScheduleWindow[] {
    const { reach: begin } = this.#earliest;
    const { reach: end } = this.#latest;
    const before = this.#cron.last(time - end.most) ?? firstTime;
    const behind = this.#cron.next(time - begin.least) ?? lastTime;
    const until = behind + begin.most - begin.least;
    const windows: ScheduleWindow[] = [];
    let runs = this.#cron.next(before - (end.most - end.least) - 1n);
    while (runs !== undefined && runs <= until) {
      const start = applyRelativeTime(this.#earliest.relative, runs);
      windows.push({ start, end: applyRelativeTime(this.#latest.relative, runs), runs });
      runs = this.#cron.next(runs);
    }
    return windows;
  }
}

/** A day before and behind the years 0 to 9999, which are what an event can name in any time zone. */
const firstTime = -62_167_305_600_000_000_000n;
const lastTime = 253_402_387_200_000_000_000n;

interface Bound {
  readonly relative: RelativeTime;
  readonly reach: Reach;
}

function boundOf(text: string): Bound {
  const relative = parseRelativeTime(text);
  const reach = relative && reachOf(relative);
  assert(relative && reach, `"${text}" is not a relative time`);
  return { relative, reach };
}
