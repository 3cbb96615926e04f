import type { BatchMemory, Stretch } from '../../record/batch-memory.ts';
import { lineSpans } from '../../record/line-batch.ts';
import { Candidates } from './candidates.ts';
import type { Meaning, ScanPlan } from './columns.ts';
import { compiledKernel } from './kernel-exports.ts';
import { oddLength } from './layout.ts';
import { PlanSet } from './plan-set.ts';
import { programOf, type ScanProgram } from './scan-program.ts';
import { ScanSite } from './scan-site.ts';
import { mostRoom } from './scan-tables.ts';
import type { Tuning } from './tuning.ts';

/** Bytes of a batch, in the memory that they lie in. At least 128 readable bytes follow them. */
export interface ScannedBytes extends Stretch {
  readonly memory: BatchMemory;
}

/**
 * Finds the lines of a batch that plans may hold for, without parsing them (README.md beside this file).
 *
 * It may say too much, never too little: a line that it leaves out is one for which the plain evaluator, too, would say
 * that no plan holds, if it could parse it at all. Equal batches in equal order give equal answers; it asks no clock.
 * What it remembers of values is bounded, whatever a log holds.
 */
export class Scanner {
  readonly #program: ScanProgram;
  readonly #module: WebAssembly.Module;
  /** A kernel for each memory that batches have lain in; undefined: it has no room for one. */
  readonly #sites = new Map<BatchMemory, ScanSite | undefined>();
  readonly #candidates: Candidates;
  #wanted: PlanSet;
  #last: { readonly site: ScanSite | undefined; readonly bytes: ScannedBytes } | undefined;

  private constructor(program: ScanProgram, module: WebAssembly.Module) {
    const { plans, halves } = program.possible;
    this.#program = program;
    this.#module = module;
    this.#candidates = new Candidates(halves.length);
    this.#wanted = PlanSet.all(plans);
  }

  /** Undefined where WebAssembly knows no SIMD, or the kernel is not built. */
  static create(plans: readonly ScanPlan[], meaning: Meaning): Scanner | undefined {
    const module = compiledKernel();
    return module && new Scanner(programOf(plans, meaning), module);
  }

  /** What it looks for, and how it has gone so far in the memory of the last batch; for those who want to know. */
  get state(): { readonly program: ScanProgram; readonly tuning: Tuning | undefined } {
    return { program: this.#program, tuning: this.#last?.site?.tuning };
  }

  /** The candidates among the lines of `bytes`, whole lines. Valid until the next scan. */
  scan(bytes: ScannedBytes): Candidates {
    const site = this.#siteIn(bytes.memory);
    this.#last = { site, bytes };
    this.#candidates.clear();
    if (site) site.scan(bytes, this.#candidates);
    else everyLine(bytes, this.#candidates, this.#program.possible);
    return this.#candidates;
  }

  /** Gives back the room it took in the memories that it has scanned. */
  close(): void {
    for (const site of this.#sites.values()) site?.close();
    this.#sites.clear();
    this.#last = undefined;
  }

  /** From now on only plans for which `isWanted` says so, by their numbers, make a line a candidate. */
  want(isWanted: (plan: number) => boolean): void {
    const { plans } = this.#program.possible;
    const numbers = Array.from({ length: plans }, (_, plan) => plan);
    this.#wanted = PlanSet.of(plans, numbers.filter(isWanted));
    this.#last?.site?.want(this.#wanted);
  }

  /**
   * The `stageTimestamp` of the line that begins at offset `start` of what was scanned last. Undefined if it takes more
   * than a glance to tell: the line is not valid, a key is escaped, the value is no plain string.
   */
  stampOf(start: number): string | undefined {
    return this.isEvent(start) ? this.likelyStampOf(start) : undefined;
  }

  /** What `stampOf` says if the line is valid, which it takes no time to find out. */
  likelyStampOf(start: number): string | undefined {
    if (this.#last === undefined) return undefined;
    const { site, bytes } = this.#last;
    return site?.stampAt(bytes.offset + start, bytes);
  }

  /** True if the line that begins at offset `start` of what was scanned last is certainly a JSON object. */
  isEvent(start: number): boolean {
    if (this.#last === undefined) return false;
    const { site, bytes } = this.#last;
    return site?.isEvent(bytes.offset + start, bytes) ?? false;
  }

  #siteIn(memory: BatchMemory): ScanSite | undefined {
    if (!this.#sites.has(memory)) {
      const fits = memory.largest(64).length >= mostRoom(this.#program);
      this.#sites.set(memory, fits ? new ScanSite(this.#program, this.#module, memory) : undefined);
    }
    const site = this.#sites.get(memory);
    if (site !== this.#last?.site) site?.want(this.#wanted);
    return site;
  }
}

function everyLine({ memory, offset, length }: ScannedBytes, candidates: Candidates, plans: PlanSet): void {
  const spans = lineSpans(memory.buffer.subarray(offset, offset + length));
  candidates.lines = spans.length / 2;
  for (let at = 0; at < spans.length; at += 2) {
    candidates.add(spans[at] ?? 0, spans[at + 1] ?? 0, oddLength, plans.halves);
  }
}
