import type { Time } from '../../record/time.ts';
import type { State } from '../../store/store.ts';
import type { Output } from '../output.ts';
import { Agenda } from './agenda.ts';
import { Announcer } from './announcer.ts';
import { PaneRows } from './pane-rows.ts';
import { Tally } from './tally.ts';
import { Watermark } from './watermark.ts';

/** One call of the engine: all that operators read, write and say. Nothing outlives it but through the state. */
export class Turn {
  readonly now: Time;
  readonly output: Output;
  readonly rows: PaneRows;
  readonly agenda: Agenda;
  readonly watermark: Watermark;
  readonly announcer: Announcer;
  readonly tally: Tally;

  /** `tally`: what the caller goes on to count in, and saves. */
  constructor(component: string, state: State, now: Time, output: Output, tally = new Tally()) {
    this.tally = tally;
    this.now = now;
    this.output = output;
    this.rows = new PaneRows(state);
    this.agenda = new Agenda(state, component);
    this.watermark = new Watermark(state, component);
    this.announcer = new Announcer(state, output, component);
  }
}
