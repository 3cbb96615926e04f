import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BatchMemory } from '../../record/batch-memory.ts';
import { assert } from '../../util/assert.ts';

/** Answers what plans are possible with a value (`kernel/host.ts`). */
export type Evaluate = (column: number, text: number, length: number, set: number) => void;

const functions = [
  'configure',
  'scanLines',
  'scanMarked',
  'found',
  'beginMarks',
  'markLiteral',
  'frameLines',
  'lineEnd',
  'isEvent',
  'topLevelText',
] as const;

/** The functions of the kernel that the host calls: numbers in, a number out (`kernel/`). */
export type Kernel = Readonly<Record<(typeof functions)[number], (...numbers: number[]) => number>> & {
  /** Of the text that `topLevelText` found last. */
  readonly textLength: () => number;
};

let compiled: WebAssembly.Module | undefined | null = null;

/** The compiled kernel; undefined if it is not there, or if this engine does not know SIMD. */
export function compiledKernel(): WebAssembly.Module | undefined {
  if (compiled === null) compiled = compile();
  return compiled;
}

function compile(): WebAssembly.Module | undefined {
  const path = places.find((place) => existsSync(place));
  if (path === undefined) return undefined;
  try {
    return new WebAssembly.Module(readFileSync(path));
  } catch {
    return undefined;
  }
}

/** Beside the built program, and where the build puts it when the source runs itself. */
const places = ['.', '..', '../../../dist'].map((path) => join(import.meta.dirname, path, 'scan.wasm'));

/** More, and addresses would come back as negative numbers. */
const mostMemory = 2_147_483_648;

/** A kernel that works on `memory`. It has no memory of its own, so there may be several on one. */
export function instantiate(module: WebAssembly.Module, memory: BatchMemory, evaluate: Evaluate): Kernel {
  assert(memory.bytes.length <= mostMemory, `a memory of more than ${mostMemory} bytes has no kernel`);
  const imports = { env: { memory: memory.memory }, host: { evaluate } };
  const { exports } = new WebAssembly.Instance(module, imports);
  for (const name of functions) {
    assert(typeof exports[name] === 'function', `the kernel has no "${name}"`);
  }
  const length = exports['textLength'] as { readonly value: number };
  return { ...(exports as unknown as Kernel), textLength: () => length.value };
}
