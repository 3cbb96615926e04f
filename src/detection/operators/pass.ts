import type { Batch } from '../../record/batch.ts';
import type { Line } from '../../record/line.ts';
import type { Time } from '../../record/time.ts';
import type { Closer } from './closer.ts';
import type { CoverageWatch } from './coverage-watch.ts';
import { KnownTime, type LineTime } from './line-time.ts';
import type { PlanOperator } from './plan-operator.ts';
import type { Meaning, Row } from './row.ts';
import { rowOf } from './row-of.ts';
import type { StreamClock } from './stream-clock.ts';
import type { Turn } from './turn.ts';

/** What one batch is evaluated with. */
export interface PassParts {
  readonly meaning: Meaning;
  /** A line of plain text is an event, too. */
  readonly textLines: boolean;
  readonly operators: readonly PlanOperator[];
  readonly turn: Turn;
  readonly closer: Closer;
  readonly clock: StreamClock;
  readonly watch: CoverageWatch;
}

/** Which plans a line may be for, by index; undefined: all. */
export type Chosen = ((plan: number) => boolean) | undefined;

/** One batch on its way through the plans: its lines in order, those left out that no plan and no clock has to see. */
export class Pass {
  readonly #batch: Batch;
  readonly #parts: PassParts;
  /** Lines so far that are events, and by plan how many of them it was shown. */
  #evaluated = 0;
  #malformed = 0;
  readonly #shown: number[];
  #begun = false;

  constructor(batch: Batch, parts: PassParts) {
    this.#batch = batch;
    this.#parts = parts;
    this.#shown = parts.operators.map(() => 0);
  }

  /** A line that at least the plans of `chosen` have to look at. */
  line(line: Line, chosen?: Chosen): void {
    const row = this.rowOf(line);
    this.#step(line.end, new KnownTime(row?.stamp));
    if (row !== undefined) this.#evaluate(row, chosen);
    else this.#refuse(line);
  }

  /** A line that no plan has to look at, but the clock; it is counted by `passOver`. */
  clockLine(end: number, time: LineTime): void {
    const { agenda } = this.#parts.turn;
    const closes = (at: Time): boolean => agenda.soonest !== undefined && agenda.soonest <= at;
    // What an earlier call has left open closes with the first line of all.
    if (!this.#begun || !this.#parts.clock.skim(end, time, closes)) this.#step(end, time);
  }

  /** So many lines were no more than counted: no plan holds for them. */
  passOver(lines: number): void {
    this.#evaluated += lines;
  }

  rowOf(line: Line): Row | undefined {
    const { meaning, textLines, turn } = this.#parts;
    return rowOf(line, this.#batch, meaning, { textLines, received: turn.now });
  }

  /** The batch is over: what was not said line by line is counted. */
  end(): void {
    const { clock, operators, turn, watch } = this.#parts;
    if (this.#begun) this.#advance(clock.settle());
    this.#advance(clock.save(this.#batch.last));
    turn.watermark.save();
    turn.tally.add('evaluated', this.#evaluated);
    turn.tally.add('malformed', this.#malformed);
    for (const [index, operator] of operators.entries()) {
      operator.passOver(this.#evaluated - (this.#shown[index] ?? 0), turn);
    }
    watch.save(this.#evaluated + this.#malformed);
  }

  #step(end: number, time: LineTime): void {
    this.#begun = true;
    this.#advance(this.#parts.clock.next(end, time));
  }

  #evaluate(row: Row, chosen: Chosen): void {
    const { clock, operators, turn, watch } = this.#parts;
    const time = row.stamp ?? turn.now;
    this.#evaluated++;
    watch.see(row, time);
    let confirmed = false;
    for (let index = 0; index < operators.length; index++) {
      if (chosen?.(index) === false) continue;
      this.#shown[index] = (this.#shown[index] ?? 0) + 1;
      if (operators[index]?.push(row, time, turn)) confirmed = true;
    }
    if (confirmed) this.#advance(clock.confirmed(row.stamp));
  }

  #refuse({ end, text }: Line): void {
    this.#malformed++;
    this.#parts.turn.output.malformed(this.#batch.source, end, whyMalformed(text));
  }

  #advance(to: Time | undefined): void {
    const { turn, closer } = this.#parts;
    turn.watermark.raise(to);
    closer.due();
  }
}

function whyMalformed(text: string): string {
  const framed = /^[ \t\r\n]*\{/.test(text) && /\}[ \t\r\n]*$/.test(text);
  return framed ? 'is not valid JSON' : 'is not framed by "{" and "}"';
}
