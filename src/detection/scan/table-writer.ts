import type { BatchMemory } from '../../record/batch-memory.ts';
import { PlanSet } from './plan-set.ts';

/** Writes records into the memory that the kernel reads. What is reserved stays. */
export class TableWriter {
  readonly #memory: BatchMemory;
  readonly #view: DataView;
  readonly #halves: Uint32Array;

  constructor(memory: BatchMemory) {
    this.#memory = memory;
    this.#view = new DataView(memory.bytes.buffer);
    this.#halves = new Uint32Array(memory.bytes.buffer);
  }

  /** Address of `bytes` new bytes, all zero. */
  room(bytes: number): number {
    return this.#memory.reserve(bytes, 16);
  }

  put(at: number, value: number): void {
    this.#view.setUint32(at, value, true);
  }

  get(at: number): number {
    return this.#view.getUint32(at, true);
  }

  /** A counter of 64 bits, exact up to 2^53, which begins anew. */
  takeLong(at: number): number {
    const value = Number(this.#view.getBigUint64(at, true));
    this.#view.setBigUint64(at, 0n, true);
    return value;
  }

  putSet(at: number, set: PlanSet): void {
    this.#halves.set(set.halves, at >> 2);
  }

  /** Address of a new set that holds the plans of `set`. */
  set(set: PlanSet): number {
    const at = this.room(set.halves.byteLength);
    this.putSet(at, set);
    return at;
  }

  /** Address of a copy of `bytes`; some bytes behind it may be read. */
  bytes(bytes: Uint8Array): number {
    const at = this.room(bytes.length + 16);
    this.#memory.bytes.set(bytes, at);
    return at;
  }

  /** Address of a list of numbers. */
  list(numbers: readonly number[]): number {
    const at = this.room(numbers.length * 4);
    for (const [index, number] of numbers.entries()) this.put(at + index * 4, number);
    return at;
  }
}
