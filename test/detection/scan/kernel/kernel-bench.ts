import { BatchMemory } from '../../../../src/record/batch-memory.ts';
import { compiledKernel } from '../../../../src/detection/scan/kernel-exports.ts';
import {
  literalFirst,
  literalFold,
  literalLength,
  literalSecond,
  literalSize,
  literalText,
  planCounters,
  planMarks,
  planSize,
} from '../../../../src/detection/scan/layout.ts';
import { TableWriter } from '../../../../src/detection/scan/table-writer.ts';
import { assert } from '../../../../src/util/assert.ts';

const module = compiledKernel();
assert(module, 'the kernel is not built: run "node scripts/build-kernel.mjs"');

/** Text that a function must not take for part of what it is given, however far it reads. */
const around = '"]}\\\n{"a":[';

/** A kernel without a program, for tests of its functions. Positions that it gives count from the start of the text. */
export class KernelBench {
  readonly #memory = new BatchMemory(4_194_304);
  readonly #region = this.#memory.reserve(2_097_152, 64);
  readonly #writer = new TableWriter(this.#memory);
  readonly #exports: Readonly<Record<string, unknown>>;
  readonly #counters: number;
  #base = 0;
  #length = 0;

  constructor() {
    const imports = {
      env: { memory: this.#memory.memory },
      host: { evaluate: () => assert(false, 'nothing to evaluate') },
    };
    this.#exports = new WebAssembly.Instance(module as WebAssembly.Module, imports).exports;
    const plan = this.#writer.room(planSize);
    this.#counters = this.#writer.room(1_024);
    this.#writer.put(plan + planMarks, this.#writer.room(65_536));
    this.#writer.put(plan + planCounters, this.#counters);
    this.call('configure', plan);
  }

  /** Lays out `text`, with other text on both sides, `shift` bytes behind a multiple of 64. */
  put(text: string | Uint8Array, shift = 0): this {
    const bytes = Buffer.from(text);
    this.#base = this.#region + 64 + shift;
    this.#length = bytes.length;
    this.#memory.buffer.write(around, this.#base - around.length, 'latin1');
    this.#memory.bytes.set(bytes, this.#base);
    this.#memory.buffer.write(around.repeat(20), this.#base + bytes.length, 'latin1');
    return this;
  }

  get start(): number {
    return this.#base;
  }

  get end(): number {
    return this.#base + this.#length;
  }

  call(name: string, ...numbers: readonly number[]): number {
    const value = this.#exports[name];
    assert(typeof value === 'function', `the kernel has no "${name}"`);
    return Number(value(...numbers));
  }

  /** A position in the text; undefined for the address 0. */
  at(address: number): number | undefined {
    return address === 0 ? undefined : address - this.#base;
  }

  /** What has been counted, since it was last asked. */
  take(counter: number): number {
    return this.#writer.takeLong(this.#counters + counter);
  }

  /** Address of a literal that is looked for by its bytes `first` and `second`. */
  literal(text: string, first: number, second: number): number {
    const at = this.#writer.room(literalSize);
    const bytes = Buffer.from(text, 'latin1');
    this.#writer.put(at + literalLength, bytes.length);
    this.#writer.put(at + literalFirst, first);
    this.#writer.put(at + literalSecond, second);
    this.#writer.put(at + literalText, this.#writer.bytes(bytes));
    const fold = bytes.map((byte) => (byte >= 97 && byte <= 122 ? 0x20 : 0));
    this.#writer.put(at + literalFold, this.#writer.bytes(fold));
    return at;
  }

  /** Numbers of the 64 bytes of the text that are marked. */
  marks(): readonly number[] {
    return Array.from({ length: Math.ceil(this.#length / 64) }, (_, block) => block).filter((block) => {
      const from = this.#base + block * 64;
      return this.call('isMarked', from, from) === 1;
    });
  }
}
