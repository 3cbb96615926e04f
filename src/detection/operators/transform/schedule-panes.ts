import type { Time } from '../../../record/time.ts';
import type { Schedule } from '../../plan/transform.ts';
import type { Pane } from '../panes.ts';
import type { PaneSource } from '../window-operator.ts';
import { ScheduleWindows, type ScheduleWindow } from './schedule-windows.ts';

/** The windows of a schedule as panes: each closes when the schedule runs. */
export class SchedulePanes implements PaneSource {
  readonly #prefix: string;
  readonly #windows: ScheduleWindows;
  /** The primary window that was asked for last, as a pane: events come by time, so most are of the same. */
  #last: { readonly window: ScheduleWindow; readonly pane: Pane } | undefined;

  constructor(prefix: string, schedule: Schedule) {
    this.#prefix = prefix;
    this.#windows = new ScheduleWindows(schedule);
  }

  /** The one pane of a time: that of the window that ends first, or of the gap that it lies in. */
  at(time: Time): Pane {
    const window = this.#windows.primaryAt(time);
    if (this.#last?.window !== window) this.#last = { window, pane: this.#paneOf(window) };
    return this.#last.pane;
  }

  /** The panes of all windows that hold a time, in the order in which they run. */
  all(time: Time): readonly Pane[] {
    return this.#windows.windowsAt(time).map((window) => this.#paneOf(window));
  }

  #paneOf({ start, end, runs }: ScheduleWindow): Pane {
    return { table: `${this.#prefix}/${start}-${runs}`, start, end, closes: runs };
  }
}
