import type { BatchMemory } from '../../record/batch-memory.ts';
import type { Candidates } from './candidates.ts';
import { ColumnTable, type ColumnMode } from './column-table.ts';
import {
  columnSize,
  counterBytes,
  counterLines,
  counterOdd,
  counterWalked,
  foundEnd,
  foundOdd,
  foundSet,
  foundStart,
  oddReasons,
  planAlive,
  planAll,
  planColumns,
  planColumnsEnd,
  planCounters,
  planLate,
  planLateEnd,
  planLongest,
  planMarks,
  planOpen,
  planOutput,
  planOutputEnd,
  planRoot,
  planSize,
  planUnmarked,
  planWords,
} from './layout.ts';
import { chooseBytes, countBytes, writeLiteral } from './literal-table.ts';
import { PlaceTables, type CaresOf } from './place-tables.ts';
import { PlanSet } from './plan-set.ts';
import type { ScanProgram } from './scan-program.ts';
import { TableWriter } from './table-writer.ts';

/**
 * How lines are judged. `fields`: every line is walked. `literals`: all are searched for literals first, and a line
 * without one is walked only for the plans that need none.
 */
export type Route = 'fields' | 'literals';

/** What the kernel counted since it was last asked. */
export interface LineCounts {
  /** Lines that were walked to their end, and their bytes. */
  readonly walked: number;
  readonly walkedBytes: number;
  /** Lines that are odd, by reason (`layout.ts`). */
  readonly odd: readonly number[];
}

const stampKey = new TextEncoder().encode('stageTimestamp');
/** A longer line is a candidate as it is. */
const longestLine = 16_777_216;
const outputBytes = 262_144;
/** Bytes of a batch that marks can be kept for: one bit for 64 of them. */
export const mostMarkedBytes = 1_048_576;

/** More than the tables of a program ever take, in bytes. */
export const mostRoom = ({ columns, possible }: ScanProgram): number =>
  1_048_576 + columns.length * (262_144 + possible.halves.byteLength * 2_048);

/** A program in the memory of the kernel: all it reads and writes but the batches themselves. Its size is fixed. */
export class ScanTables {
  /** Where the kernel finds everything else, and where all of it is reserved. */
  readonly address: number;
  readonly columns: readonly ColumnTable[];
  readonly #program: ScanProgram;
  readonly #writer: TableWriter;
  readonly #halves: Uint32Array;
  readonly #cares: readonly CaresOf[];
  readonly #literals: readonly { readonly text: string; readonly address: number }[];
  readonly #unmarked: PlanSet;
  readonly #stampKey: number;
  readonly #recordSize: number;

  constructor(program: ScanProgram, memory: BatchMemory) {
    const writer = new TableWriter(memory);
    const { possible, columns } = program;
    this.#program = program;
    this.#writer = writer;
    this.#halves = new Uint32Array(memory.bytes.buffer);
    this.address = writer.room(planSize);
    const first = writer.room(columns.length * columnSize);
    this.columns = columns.map(
      (column, index) => new ColumnTable(column, index, first + index * columnSize, writer),
    );
    const places = new PlaceTables(
      writer,
      this.columns.map(({ address }) => address),
      possible.plans,
    );
    this.#literals = (program.literals?.texts ?? []).map((text) => ({
      text,
      address: writeLiteral(writer, text),
    }));
    this.#unmarked = new PlanSet(possible.plans);
    this.#recordSize = foundSet + possible.halves.byteLength;
    const output = writer.room(outputBytes);
    for (const [field, value] of [
      [planWords, possible.halves.length / 2],
      [planRoot, places.root(program.root)],
      [planColumns, first],
      [planColumnsEnd, first + columns.length * columnSize],
      [planLate, writer.room(columns.length * 4)],
      [planAll, writer.set(possible)],
      [planAlive, writer.set(possible)],
      [planUnmarked, writer.set(possible)],
      [planMarks, writer.room(mostMarkedBytes / 512 + 16)],
      [planCounters, writer.room(counterOdd + oddReasons * 8)],
      [planOutput, output],
      [planOutputEnd, output + outputBytes],
      [planLongest, longestLine],
    ] as const) {
      writer.put(this.address + field, value);
    }
    this.#cares = places.cares;
    this.#stampKey = writer.bytes(stampKey);
    writer.keep();
    this.setModes(
      columns.map(() => 'early'),
      [],
    );
    this.want(possible);
  }

  /** Addresses of the literals. */
  get literals(): readonly number[] {
    return this.#literals.map(({ address }) => address);
  }

  /** False if a line without a mark is none that any plan could hold for. */
  get looksAtUnmarked(): boolean {
    return this.#unmarked.size > 0;
  }

  /** Address and length of the key that `topLevelText` looks for. */
  get stampKey(): { readonly offset: number; readonly length: number } {
    return { offset: this.#stampKey, length: stampKey.length };
  }

  /** Only these plans are looked for. The kernel has to be configured anew after it. */
  want(plans: PlanSet): void {
    const wanted = PlanSet.copyOf(this.#program.possible);
    wanted.keepAll(plans);
    this.#unmarked.clear();
    if (this.#program.literals) this.#unmarked.addAll(this.#program.literals.others);
    this.#unmarked.keepAll(wanted);
    this.#writer.putSet(this.#get(planAll), wanted);
    this.#writer.putSet(this.#get(planUnmarked), this.#unmarked);
  }

  /** Takes over the modes of columns. The kernel has to be configured anew after it. */
  setModes(modes: readonly ColumnMode[], late: readonly number[]): void {
    for (const [index, column] of this.columns.entries()) {
      const mode = modes[index] ?? 'early';
      if (column.mode !== mode) column.mode = mode;
    }
    this.#put(planOpen, modes.filter((mode) => mode !== 'off').length);
    const list = this.#get(planLate);
    for (const [index, column] of late.entries()) {
      this.#writer.put(list + index * 4, this.columns[column]?.address ?? 0);
    }
    this.#put(planLateEnd, list + late.length * 4);
    const cares = new PlanSet(this.#program.possible.plans);
    for (const { at, columns } of this.#cares) {
      cares.clear();
      for (const column of columns) cares.addAll(this.columns[column]?.cares ?? this.#program.possible);
      this.#writer.putSet(at, cares);
    }
  }

  /** Adapts the search for literals to what a log is made of. */
  sample(bytes: Uint8Array): void {
    const counts = countBytes(bytes);
    for (const { text, address } of this.#literals) chooseBytes(this.#writer, address, text, counts);
  }

  /**
   * Writes the plans that are possible if a column has `values`, or has none, to the set at `set`; all of them if it
   * is not known what it has.
   */
  writePossible(column: number, values: readonly string[] | undefined, set: number): void {
    const possible = values && this.columns[column]?.possible(values);
    this.#writer.putSet(set, possible ?? this.#program.possible);
  }

  /** Adds the `count` lines that the kernel has left; their offsets count from `offset`. */
  collect(count: number, offset: number, candidates: Candidates): void {
    let at = this.#get(planOutput);
    for (let index = 0; index < count; index++, at += this.#recordSize) {
      const set = (at + foundSet) >> 2;
      candidates.add(
        this.#writer.get(at + foundStart) - offset,
        this.#writer.get(at + foundEnd) - offset,
        this.#writer.get(at + foundOdd),
        this.#halves.subarray(set, set + this.#program.possible.halves.length),
      );
    }
  }

  /** Lines that are not blank, counted since it was last asked. */
  takeLines(): number {
    return this.#writer.takeLong(this.#get(planCounters) + counterLines);
  }

  /** Takes the other counters: they begin anew. */
  takeCounts(): LineCounts {
    const from = this.#get(planCounters);
    const take = (counter: number): number => this.#writer.takeLong(from + counter);
    return {
      walked: take(counterWalked),
      walkedBytes: take(counterBytes),
      odd: Array.from({ length: oddReasons }, (_, reason) => take(counterOdd + reason * 8)),
    };
  }

  #get(field: number): number {
    return this.#writer.get(this.address + field);
  }

  #put(field: number, value: number): void {
    this.#writer.put(this.address + field, value);
  }
}
