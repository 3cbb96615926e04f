import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { anchorsIn, linksIn, proseOf } from './pages.ts';

const docs = readdirSync('docs', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md'))
  .map((name) => join('docs', name));

for (const path of ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...docs]) {
  test(`every link of ${path} leads somewhere`, () => {
    const page = proseOf(path);
    const dead = linksIn(page).filter(({ file, heading }) => {
      const target = file === '' ? path : join(dirname(path), file);
      if (!existsSync(target)) return true;
      if (heading === '' || statSync(target).isDirectory()) return heading !== '';
      return !anchorsIn(proseOf(target)).includes(heading);
    });
    expect(dead).toEqual([]);
  });
}
