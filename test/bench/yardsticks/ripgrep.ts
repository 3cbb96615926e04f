import { join } from 'node:path';
import { debianRoot, unpackPackages } from './debian.ts';
import { programOnPath, versioned } from './on-path.ts';
import type { Yardstick } from './yardstick.ts';

/** `rg`: the fastest search for words that people have. */
export const ripgrep: Yardstick = {
  name: 'ripgrep',
  recipe: 'install ripgrep ("apt install ripgrep", "cargo install ripgrep")',
  find: (cache) => versioned(programOnPath('rg', [join(debianRoot(cache), 'usr/bin')])),
  build: { takes: 'seconds', run: (cache) => unpackPackages(cache, 'ripgrep') },
};
