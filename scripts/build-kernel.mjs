// Compiles the scanner's kernel, AssemblyScript, to WebAssembly (src/detection/scan/README.md). Run by itself it writes
// `dist/scan.wasm` and leaves the rest of `dist/` alone.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';

const root = join(import.meta.dirname, '..');

/** The files whose exports are those of the kernel: what the host calls, and what has tests of its own. */
const entries = [
  'containers',
  'escapes',
  'framing',
  'grammar',
  'lines',
  'literals',
  'marks',
  'matchers',
  'newlines',
  'state',
  'strings',
  'top-level',
  'values',
];

/** Returns the bytes of the module. It has no data of its own, so that several instances can share a memory. */
export async function compileKernel() {
  const files = new Map();
  const options = {
    baseDir: join(root, 'src', 'detection', 'scan', 'kernel'),
    outFile: 'scan.wasm',
    optimizeLevel: '3',
    runtime: 'stub',
    enable: 'simd,bulk-memory',
    // Vectors go from function to function; none of them leaves the module.
    disableWarning: '112',
  };
  const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const stderr = asc.createMemoryStream();
  const { error } = await asc.main(
    [...entries.map((name) => `${name}.ts`), ...flags, '--noAssert', '--importMemory'],
    { stderr, writeFile: (name, contents) => void files.set(name, contents) },
  );
  if (error) throw new Error(`the kernel does not compile\n${stderr.toString()}`, { cause: error });
  return files.get('scan.wasm');
}

if (import.meta.filename === process.argv[1]) {
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(join(root, 'dist', 'scan.wasm'), await compileKernel());
}
