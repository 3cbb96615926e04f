import type { BatchMemory, Stretch } from '../../record/batch-memory.ts';
import { assert } from '../../util/assert.ts';
import { PlanSet } from './plan-set.ts';

const alignment = 16;

/** Writes records, one behind the other, into the memory that the kernel reads. */
export class TableWriter {
  readonly #memory: BatchMemory;
  readonly #view: DataView;
  readonly #halves: Uint32Array;
  readonly #room: Stretch;
  #used = 0;

  /** Into the longest stretch that is free. Nobody else may reserve until `keep` is called. */
  constructor(memory: BatchMemory) {
    this.#memory = memory;
    this.#view = new DataView(memory.bytes.buffer);
    this.#halves = new Uint32Array(memory.bytes.buffer);
    this.#room = memory.largest(alignment);
  }

  /** Reserves what was written; there is no more room from then on. */
  keep(): void {
    this.#memory.take({ offset: this.#room.offset, length: this.#used });
  }

  /** Address of `bytes` new bytes, all zero. */
  room(bytes: number): number {
    const at = this.#room.offset + this.#used;
    this.#used = Math.ceil((this.#used + bytes) / alignment) * alignment;
    assert(this.#used <= this.#room.length, `${bytes} bytes more do not fit into the memory of batches`);
    return at;
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
