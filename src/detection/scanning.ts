import type { BatchMemory } from '../record/batch-memory.ts';
import type { Batch } from '../record/batch.ts';
import { LineBatch } from '../record/line-batch.ts';
import { parseTime, type Time } from '../record/time.ts';
import { clockLines } from './operators/clock-lines.ts';
import type { LineTime } from './operators/line-time.ts';
import type { Pass } from './operators/pass.ts';
import type { Expr } from './plan/expr.ts';
import type { Plan } from './plan/plan.ts';
import { defaultProvenance, type Provenance } from './provenance.ts';

/** What the engine needs of a scanner: see `scan/scanner.ts`. */
export interface LineScanner {
  scan(bytes: ScannedBytes): FoundLines;
  /** From now on only plans for which `isWanted` says so make a line a candidate. */
  want(isWanted: (plan: number) => boolean): void;
  /** The `stageTimestamp` of the line at offset `start` of what was scanned last, if it is plain to see. */
  likelyStampOf(start: number): string | undefined;
  /** True if that line is certainly an event: then it has that stamp, too. */
  isEvent(start: number): boolean;
}

export interface ScannedBytes {
  readonly memory: BatchMemory;
  readonly offset: number;
  readonly length: number;
}

/** Lines that some plan may hold for, in order; offsets count from the first of the scanned bytes. */
export interface FoundLines {
  /** How many lines there are at all, blank ones aside. */
  readonly lines: number;
  readonly count: number;
  start(index: number): number;
  end(index: number): number;
  /** Bit n of word w: plan number 32w + n may hold. */
  plans(index: number, word: number): number;
  odd(index: number): boolean;
}

/** Makes a scanner for expressions; undefined where there can be none. */
export type ScannerMaker = (
  plans: readonly { readonly id: string; readonly where: Expr }[],
) => LineScanner | undefined;

/** Sends the lines of batches through the plans of an engine: those that the scanner has left, and those of the clock. */
export class Scanning {
  readonly #plans: readonly Plan[];
  readonly #probes: readonly Expr[];
  readonly #make: ScannerMaker;
  /** Event time is where it usually is, and not in a field that was configured. */
  readonly #plainTime: boolean;
  /** For the plans alone, and for plans and probes; null until it is needed, undefined if there can be none. */
  #plain: LineScanner | undefined | null = null;
  #probing: LineScanner | undefined | null = null;
  /** Indices of the probes that are looked for; undefined before the first scan. */
  #open: ReadonlySet<number> | undefined;

  constructor(
    plans: readonly Plan[],
    probes: readonly Expr[],
    { scannerOf, splunk }: { readonly scannerOf: ScannerMaker; readonly splunk?: Provenance | undefined },
  ) {
    this.#plans = plans;
    this.#probes = probes;
    this.#make = scannerOf;
    this.#plainTime = (splunk ?? defaultProvenance).timeField === '';
  }

  /** Sends the lines through `pass`, for the plans and the `open` probes. False, and nothing done, if it cannot. */
  run(batch: Batch, pass: Pass, open: ReadonlySet<number>): boolean {
    if (!(batch instanceof LineBatch) || batch.memory === undefined) return false;
    const scanner = open.size === 0 ? this.#scanner() : this.#probingScanner(open);
    if (scanner === undefined) return false;
    const { memory, bytes } = batch;
    const found = scanner.scan({ memory, offset: bytes.byteOffset, length: bytes.length });
    this.#send(batch, found, pass, scanner);
    return true;
  }

  /** Without probes, as long as none is open: they could only slow it down. */
  #scanner(): LineScanner | undefined {
    if (this.#plain === null) this.#plain = this.#make(this.#plans);
    return this.#plain;
  }

  #probingScanner(open: ReadonlySet<number>): LineScanner | undefined {
    if (this.#probing === null) {
      const probes = this.#probes.map((where, index) => ({ id: `coverage ${index}`, where }));
      this.#probing = this.#make([...this.#plans, ...probes]);
    }
    if (open.size !== this.#open?.size || [...open].some((probe) => !this.#open?.has(probe))) {
      this.#open = open;
      const { length } = this.#plans;
      this.#probing?.want((plan) => plan < length || open.has(plan - length));
    }
    return this.#probing;
  }

  #send(batch: LineBatch, found: FoundLines, pass: Pass, scanner: LineScanner): void {
    const marks = clockLines(batch.bytes, batch.start);
    let at = 0;
    const sendMarks = (until: number): void => {
      for (; at < marks.length && (marks[at] ?? 0) < until; at += 2) {
        const [from, to] = [marks[at] ?? 0, marks[at + 1] ?? 0];
        pass.clockLine(batch.endOf(to), this.#timeOf(batch, from, to, pass, scanner));
      }
    };
    for (let index = 0; index < found.count; index++) {
      const start = found.start(index);
      sendMarks(start);
      // The plans look at it anyway, and the clock with them.
      if (marks[at] === start) at += 2;
      const chosen = (plan: number): boolean => ((found.plans(index, plan >> 5) >>> (plan & 31)) & 1) === 1;
      pass.line(batch.lineAt(start, found.end(index)), found.odd(index) ? undefined : chosen);
    }
    sendMarks(batch.bytes.length);
    pass.passOver(found.lines - found.count);
  }

  #timeOf(batch: LineBatch, from: number, to: number, pass: Pass, scanner: LineScanner): LineTime {
    const likely = (): Time | undefined => {
      const text = this.#plainTime ? scanner.likelyStampOf(from) : undefined;
      return text === undefined ? undefined : parseTime(text);
    };
    const parsed = (): Time | undefined => pass.rowOf(batch.lineAt(from, to))?.stamp;
    return { likely, time: () => (scanner.isEvent(from) ? (likely() ?? parsed()) : parsed()) };
  }
}
