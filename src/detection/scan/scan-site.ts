import type { BatchMemory, Stretch } from '../../record/batch-memory.ts';
import type { Candidates } from './candidates.ts';
import { instantiate, type Kernel } from './kernel-exports.ts';
import type { PlanSet } from './plan-set.ts';
import type { ScanProgram } from './scan-program.ts';
import { mostMarkedBytes, ScanTables } from './scan-tables.ts';
import { Tuning } from './tuning.ts';
import { valueText } from './value-text.ts';

/** Looked at at once: small enough to stay in the processor's second-level cache from one look to the next. */
const sliceBytes = 262_144;
const sampleBytes = 65_536;
const newline = 10;

/** A kernel at work on the batches in one memory. */
export class ScanSite {
  readonly #tables: ScanTables;
  readonly #memory: BatchMemory;
  readonly #bytes: Uint8Array;
  readonly #buffer: Buffer;
  readonly #kernel: Kernel;
  readonly #tuning: Tuning;
  #sampled = false;

  constructor(program: ScanProgram, module: WebAssembly.Module, memory: BatchMemory) {
    this.#memory = memory;
    this.#bytes = memory.bytes;
    this.#buffer = memory.buffer;
    this.#tables = new ScanTables(program, memory);
    this.#kernel = instantiate(module, memory, (...question) => this.#evaluate(...question));
    this.#tuning = new Tuning(program.columns.length, program.literals?.texts.length ?? 0);
    this.#tune();
  }

  /** How it goes, and has gone up to now. */
  get tuning(): Tuning {
    this.#review();
    return this.#tuning;
  }

  /** Adds the candidates of a stretch. Its last line need not end with a newline. */
  scan(stretch: Stretch, candidates: Candidates): void {
    if (stretch.length === 0) return;
    const before = candidates.count;
    this.#scan(stretch, candidates);
    const lines = this.#tables.takeLines();
    candidates.lines += lines;
    const counts = { bytes: stretch.length, lines, candidates: candidates.count - before };
    if (this.#tuning.add(counts)) this.#review();
  }

  /** Gives its room back; nothing else may be called any more. */
  close(): void {
    this.#memory.release(this.#tables.address);
  }

  /** Only these plans are looked for from now on. */
  want(plans: PlanSet): void {
    this.#tables.want(plans);
    this.#kernel.configure(this.#tables.address);
  }

  /** The `stageTimestamp` of the event that begins at `start`, inside of `stretch`, if it can be seen at a glance. */
  stampAt(start: number, stretch: Stretch): string | undefined {
    const { offset, length } = this.#tables.stampKey;
    return this.#lend(stretch, () => {
      const at = this.#kernel.topLevelText(start, offset, length);
      return at === 0 ? undefined : this.#buffer.toString('utf8', at, at + this.#kernel.textLength());
    });
  }

  /** True if the line that begins at `start`, inside of `stretch`, is a valid event. */
  isEvent(start: number, stretch: Stretch): boolean {
    return this.#lend(stretch, () => this.#kernel.isEvent(start)) !== 0;
  }

  #review(): void {
    const columns = this.#tables.columns.map((column) => column.takeCounts());
    this.#tuning.review(this.#tables.takeCounts(), columns);
    this.#tune();
  }

  #tune(): void {
    this.#tables.setModes(this.#tuning.modes, this.#tuning.late);
    this.#kernel.configure(this.#tables.address);
  }

  #scan(stretch: Stretch, candidates: Candidates): void {
    const { offset, length } = stretch;
    if (!this.#sampled) {
      this.#tables.sample(this.#bytes.subarray(offset, offset + Math.min(length, sampleBytes)));
    }
    this.#sampled = true;
    this.#lend(stretch, (stop) => {
      for (let from = offset; from < stop;) {
        const next = from + sliceBytes < stop ? this.#kernel.lineEnd(from + sliceBytes) + 1 : stop;
        this.#scanSlice(from, next, offset, candidates);
        from = next;
      }
    });
  }

  /**
   * Runs `look` while a newline stands behind the stretch: the kernel stops at nothing else. The byte that stood there is
   * somebody else's, and put back. `look` is given where the last line ends.
   */
  #lend<T>({ offset, length }: Stretch, look: (stop: number) => T): T {
    const end = offset + length;
    const behind = this.#bytes[end] ?? 0;
    this.#bytes[end] = newline;
    try {
      return look(this.#bytes[end - 1] === newline ? end : end + 1);
    } finally {
      this.#bytes[end] = behind;
    }
  }

  /** From `from` to behind the newline before `end`. */
  #scanSlice(from: number, end: number, offset: number, candidates: Candidates): void {
    const kernel = this.#kernel;
    const marked = this.#tuning.route === 'literals' && end - from <= mostMarkedBytes;
    if (marked) this.#mark(from, end);
    const onlyMarked = marked && !this.#tables.looksAtUnmarked;
    for (let at = from; at < end;) {
      at = onlyMarked ? kernel.scanMarked(at, end) : kernel.scanLines(at, end, marked ? 1 : 0);
      this.#tables.collect(kernel.found(), offset, candidates);
    }
  }

  #mark(from: number, end: number): void {
    this.#kernel.beginMarks(from, end);
    for (const literal of this.#tables.literals) this.#kernel.markLiteral(from, end, literal);
    this.#kernel.frameLines(from, end);
  }

  /** What the kernel asks for a value that it has not met (`kernel/host.ts`). */
  #evaluate(column: number, text: number, length: number, set: number): void {
    const value = valueText(this.#buffer, text, text + length);
    this.#tables.writePossible(column, value === undefined ? undefined : [value], set);
  }
}
