// Bundles the programs of test/bench/programs, with the parts of src that they use, into `.cache/bench`, laid out as
// `dist` is, and runs the one named first: `node scripts/bench.mjs bench --only seed`. Node 20 runs no TypeScript.
import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync, rmSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { rolldown } from 'rolldown';

const root = join(import.meta.dirname, '..');
const programs = join(root, 'test/bench/programs');
const built = join(root, '.cache/bench');
const [name = 'bench', ...args] = process.argv.slice(2);

for (const part of ['parts', ...readdirSync(programs).map((file) => `${basename(file, '.ts')}.js`)]) {
  rmSync(join(built, part), { recursive: true, force: true });
}
const bundle = await rolldown({
  input: readdirSync(programs)
    .filter((file) => extname(file) === '.ts')
    .map((file) => join(programs, file)),
  platform: 'node',
  external: ['classic-level', 'prettier'],
});
await bundle.write({ dir: built, format: 'esm', chunkFileNames: 'parts/[name]-[hash].js' });
// What is compiled otherwise lies beside the built program.
for (const file of readdirSync(join(root, 'dist')).filter((file) => extname(file) === '.wasm')) {
  copyFileSync(join(root, 'dist', file), join(built, file));
}
const { status } = spawnSync(process.execPath, [join(built, `${name}.js`), ...args], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
