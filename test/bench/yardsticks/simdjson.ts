import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { runCommand } from '../lab/command.ts';
import { debianLibrary, debianRoot, unpackPackages } from './debian.ts';
import type { Yardstick } from './yardstick.ts';

const source = resolve('test/bench/yardsticks/simdjson.cpp');
const programIn = (cache: string): string => join(cache, 'simdjson-yardstick');
const hasHeader = (root: string): boolean => existsSync(join(root, 'usr/include/simdjson.h'));

/** simdjson's on-demand interface, the fastest JSON parser with a name, under a C++ program of ours. */
export const simdjson: Yardstick = {
  name: 'simdjson',
  recipe: 'install g++ and libsimdjson-dev',
  find(cache) {
    const path = programIn(cache);
    // An edited source is a new yardstick.
    if (!existsSync(path) || statSync(path).mtimeMs < statSync(source).mtimeMs) return undefined;
    const library = debianLibrary(cache, 'pkgconfig/simdjson.pc');
    const version = library === undefined ? '' : runCommand('grep', ['-i', '^Version:', library]).stdout;
    return { path, version: `${version.replace(/^Version:\s*/i, '')}, g++ -O3 -march=native` };
  },
  build: { takes: 'seconds', run: compile },
};

function compile(cache: string): void {
  mkdirSync(cache, { recursive: true });
  const isInstalled = hasHeader('/');
  if (!isInstalled && !hasHeader(debianRoot(cache)))
    unpackPackages(cache, 'libsimdjson-dev', 'libsimdjson14');
  const library = debianLibrary(cache, 'libsimdjson.so');
  if (library === undefined) throw new Error('there is no libsimdjson.so');
  const folder = dirname(library);
  const include = isInstalled ? [] : ['-I', join(debianRoot(cache), 'usr/include')];
  const half = `${programIn(cache)}.${process.pid}`;
  // On-demand parsing is compiled into the program: without the machine's instructions it would run the slow way.
  const options = ['-O3', '-march=native', '-DNDEBUG', '-std=c++17', ...include];
  runCommand('g++', [...options, source, '-o', half, `-L${folder}`, `-Wl,-rpath,${folder}`, '-lsimdjson']);
  renameSync(half, programIn(cache));
}
