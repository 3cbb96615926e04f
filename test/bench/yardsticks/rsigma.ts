import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../lab/command.ts';
import { debianLibrary, unpackPackages } from './debian.ts';
import { versioned } from './on-path.ts';
import type { Yardstick } from './yardstick.ts';

const folder = (cache: string): string => join(cache, 'rsigma');
const allocator = 'libmimalloc.so.2';

/** RSigma, the fastest engine for Sigma rules. */
export const rsigma: Yardstick = {
  name: 'RSigma',
  recipe: 'install Rust with cargo',
  find(cache) {
    const path = join(folder(cache), 'bin/rsigma');
    return existsSync(path) ? versioned(path) : undefined;
  },
  build: {
    takes: 'minutes',
    run(cache) {
      const version = edition(runCommand('rustc', ['--version']).stdout);
      runCommand('cargo', [
        'install',
        '--quiet',
        '--locked',
        'rsigma',
        '--version',
        version,
        '--root',
        folder(cache),
      ]);
      if (debianLibrary(cache, allocator) === undefined) unpackPackages(cache, 'libmimalloc2.0');
    },
  },
};

/** What RSigma 0.23 has to be multiplied by to stand for 0.26 treated well. */
export const oldEdition = {
  factor: 4,
  why: 'RSigma 0.23 copies every event twice; 0.26 is four times as fast',
};

export const isOldEdition = (version: string): boolean => /\b0\.(?:\d|1\d|2[0-5])\./.test(version);

/** A faster allocator for it, if there is one. */
export function allocatorFor(cache: string): Readonly<Record<string, string>> {
  const library = debianLibrary(cache, allocator);
  return library === undefined ? {} : { LD_PRELOAD: library };
}

/** The newest edition that a compiler can build. */
function edition(rustc: string): string {
  const minor = Number(/^rustc 1\.(\d+)/.exec(rustc)?.[1] ?? 0);
  return minor >= 96 ? '0.26.0' : '0.23.0';
}
