import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { components } from '../../src/components.ts';
import { examplesIn, introductionOf, newPage, pageOf, sectionsOf } from './component-page.ts';
import { tableRowsIn } from './pages.ts';
import { generatedParts, regenerated } from './regenerated.ts';

for (const component of components) {
  const path = pageOf(component);
  const read = (): string => (existsSync(path) ? readFileSync(path, 'utf8') : newPage(component));

  describe(path, () => {
    test('lists the options that there are; "npm run docs" brings it up to date', async () => {
      const sections = await sectionsOf(component);
      const wanted = await regenerated(read(), path, sections);
      if (process.env['RISKPIPE_DOCS'] === 'write') {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, wanted);
      }
      expect(read() === wanted, `${path} is out of date: run "npm run docs"`).toBe(true);
      expect(generatedParts(wanted)).toEqual(new Set(Object.keys(sections)));
    });

    test('says of every option what it is', () => {
      const rows = tableRowsIn(read());
      expect(
        rows.filter(([, type = '', , description]) => /^$| of$/.test(type) || description === ''),
      ).toEqual([]);
    });

    test('says what the component is for, and shows it in a configuration that it takes', async () => {
      const page = read();
      expect(introductionOf(page)).toMatch(/\w.*\.$/);
      const examples = examplesIn(page, component);
      expect(examples).not.toEqual([]);
      const { schema } = await component.load();
      for (const example of examples) expect(schema.safeParse(example).error).toBeUndefined();
    });
  });
}

test('there is no page of a component that is not there', () => {
  const pages = readdirSync('docs/components').map((name) => join('docs/components', name));
  expect(pages.toSorted()).toEqual(components.map(pageOf).toSorted());
});
