// The types of what other programs may import: tsc writes declarations of the whole engine, and of those only the ones
// that the entry needs, directly or not, are kept. `#private` members have none, so they are few.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');

/**
 * Writes the declarations of a file of `src`, and of all that they name, below `target`. Throws if it does not
 * compile, of which tsc says why.
 * @param {string} entry relative to `src`
 * @param {string} target
 */
export function buildTypes(entry, target) {
  const work = mkdtempSync(join(tmpdir(), 'riskpipe-types-'));
  try {
    compile(entry, work);
    const written = join(work, 'out', 'src');
    for (const path of declarationsFrom(join(written, entry.replace(/\.ts$/, '.d.ts')))) {
      cpSync(path, join(target, relative(written, path)));
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * @param {string} entry
 * @param {string} work
 */
function compile(entry, work) {
  const compilerOptions = {
    noEmit: false,
    emitDeclarationOnly: true,
    declaration: true,
    allowJs: false,
    checkJs: false,
    // That is what `npm run check` is for.
    noCheck: true,
    rootDir: root,
    outDir: join(work, 'out'),
    typeRoots: [join(root, 'node_modules', '@types')],
  };
  const project = join(work, 'tsconfig.json');
  const config = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions,
    include: [join(root, 'src', '**', '*.d.ts')],
    files: [join(root, 'src', entry)],
  };
  writeFileSync(project, JSON.stringify(config));
  execFileSync(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', project], {
    stdio: 'inherit',
  });
}

/**
 * The declarations that one names, itself first.
 * @param {string} entry
 */
function declarationsFrom(entry) {
  const found = new Set([entry]);
  for (const path of found) {
    for (const [, name = ''] of readFileSync(path, 'utf8').matchAll(/\b(?:from |import\()'(\.[^']+)'/g)) {
      found.add(join(dirname(path), name.replace(/\.ts$/, '.d.ts')));
    }
  }
  return found;
}
