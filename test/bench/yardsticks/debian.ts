import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../lab/command.ts';

/** The root that packages are unpacked under, within the cache: nothing is installed, and nobody has to be root. */
export const debianRoot = (cache: string): string => join(cache, 'debian');

/** Downloads packages by apt and unpacks them. Throws where there is no apt, or no such package. */
export function unpackPackages(cache: string, ...packages: readonly string[]): void {
  const downloads = join(cache, 'downloads');
  mkdirSync(downloads, { recursive: true });
  try {
    runCommand('apt-get', ['download', ...packages], { directory: downloads });
    for (const file of readdirSync(downloads)) {
      runCommand('dpkg-deb', ['-x', join(downloads, file), debianRoot(cache)]);
    }
  } finally {
    rmSync(downloads, { recursive: true, force: true });
  }
}

/** A file below the folders where Debian keeps libraries: on this machine, or unpacked. */
export function debianLibrary(cache: string, name: string): string | undefined {
  return ['/', debianRoot(cache)]
    .flatMap((root) =>
      ['x86_64-linux-gnu', 'aarch64-linux-gnu', ''].map((machine) => join(root, 'usr/lib', machine, name)),
    )
    .find((path) => existsSync(path));
}
