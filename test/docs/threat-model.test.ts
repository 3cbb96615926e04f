import { expect, test } from 'vitest';
import { linksIn, proseOf, sectionOf, tableRowsIn } from './pages.ts';

test('everything that is said to be defended leads to what does it, and to a test that holds it', () => {
  const rows = tableRowsIn(sectionOf(proseOf('docs/threat-model.md'), 'What is defended'));
  expect(rows.length).toBeGreaterThan(15);
  for (const [threat = '', , where = '', heldBy = ''] of rows) {
    expect(linksIn(where), threat).not.toEqual([]);
    expect(linksIn(heldBy), threat).not.toEqual([]);
    for (const { file } of linksIn(heldBy)) expect(file, threat).toMatch(/^\.\.\/test\/.*\.test\.ts$/);
  }
});
