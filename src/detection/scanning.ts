import type { Batch } from '../record/batch.ts';
import { LineBatch } from '../record/line-batch.ts';
import { ReceivedBatch } from '../record/received-batch.ts';
import { ScannedBatch } from '../record/scanned-batch.ts';
import { parseTime, type Time } from '../record/time.ts';
import type { LineTime } from './operators/line-time.ts';
import type { Pass } from './operators/pass.ts';
import { defaultProvenance, type Provenance } from './provenance.ts';
import { ReceivedSight } from './received-sight.ts';
import type { ScannerMaker } from './scanner.ts';
import { Scanners, type ScanTarget } from './scanners.ts';
import { scanNow, scannedAhead, type ClockMark, type Sighting } from './sighting.ts';

/** Sends the lines of batches through the plans of an engine: those that a scanner has left, and those of the clock. */
export class Scanning {
  /** What is scanned for. */
  readonly target: ScanTarget;
  readonly #scanners: Scanners;
  /** Event time is where it usually is, and not in a field that was configured. */
  readonly #plainTime: boolean;
  #open: ReadonlySet<number>;
  /** Null until it is needed, undefined if there can be none. */
  #received: ReceivedSight | undefined | null = null;

  constructor(
    target: ScanTarget,
    { scannerOf, splunk }: { readonly scannerOf: ScannerMaker; readonly splunk?: Provenance | undefined },
  ) {
    this.target = target;
    this.#scanners = new Scanners(target, scannerOf);
    this.#plainTime = (splunk ?? defaultProvenance).timeField === '';
    this.#open = new Set(target.probes.keys());
  }

  /** The probes that were looked for last. */
  get open(): readonly number[] {
    return [...this.#open];
  }

  /**
   * Sends the lines through `pass`, for the plans and the `open` probes, with a pause after each that plans look at.
   * Undefined, and nothing done, if it cannot.
   */
  run(batch: Batch, pass: Pass, open: ReadonlySet<number>): Iterable<void> | undefined {
    this.#open = open;
    const sighting = this.#see(batch);
    return sighting && this.#send(sighting, pass);
  }

  /** To be called when no batch will come any more. */
  close(): void {
    this.#scanners.close();
  }

  #see(batch: Batch): Sighting | undefined {
    if (batch instanceof ScannedBatch && this.#covers(batch.scan.open)) return scannedAhead(batch);
    if (batch instanceof ReceivedBatch) return this.#seeReceived(batch);
    const lines = batch instanceof ScannedBatch ? batch.whole : batch;
    if (!(lines instanceof LineBatch) || lines.memory === undefined) return undefined;
    const scanner = this.#scanners.get(this.#open);
    return scanner && scanNow(lines, lines.memory, scanner);
  }

  #seeReceived(batch: ReceivedBatch): Sighting | undefined {
    const scanner = this.#scanners.get(this.#open);
    if (scanner === undefined) return undefined;
    if (this.#received === null) this.#received = ReceivedSight.of(this.target.plans.length);
    return this.#received?.see(batch, scanner);
  }

  /** True if all that is open was looked for: more than that does no harm. */
  #covers(lookedFor: readonly number[]): boolean {
    return this.#open.size === 0 || [...this.#open].every((probe) => lookedFor.includes(probe));
  }

  *#send(sighting: Sighting, pass: Pass): Generator<void, void, void> {
    const { found, clock } = sighting;
    let at = 0;
    const sendClock = (until: number): void => {
      for (let mark = clock[at]; mark !== undefined && mark.start < until; mark = clock[++at]) {
        pass.clockLine(sighting.endOf(mark.end), this.#timeOf(mark, sighting, pass));
      }
    };
    for (let index = 0; index < found.count; index++) {
      const start = found.start(index);
      sendClock(start);
      // The plans look at it anyway, and the clock with them.
      if (clock[at]?.start === start) at++;
      const chosen = (plan: number): boolean => ((found.plans(index, plan >> 5) >>> (plan & 31)) & 1) === 1;
      pass.line(sighting.lineAt(start, found.end(index)), found.odd(index) ? undefined : chosen);
      yield;
    }
    sendClock(Infinity);
    pass.passOver(found.lines - found.count);
  }

  #timeOf({ start, end, stamp, isEvent }: ClockMark, { lineAt }: Sighting, pass: Pass): LineTime {
    const likely = (): Time | undefined => {
      const text = this.#plainTime ? stamp() : undefined;
      return text === undefined ? undefined : parseTime(text);
    };
    const parsed = (): Time | undefined => pass.rowOf(lineAt(start, end))?.stamp;
    return { likely, time: () => (isEvent() ? (likely() ?? parsed()) : parsed()) };
  }
}
