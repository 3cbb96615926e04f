import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('every trap of spec/spl.md §7 has a test with its number', () => {
  const folder = new URL('./', import.meta.url);
  const files = readdirSync(folder).filter((name) => /^traps-.*\.test\.ts$/.test(name));
  const text = files.map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n');
  const numbers = Array.from(text.matchAll(/trap(?:\(| )(\d+)[:,]/g), ([, number]) => Number(number));
  expect([...new Set(numbers)].sort((a, b) => a - b)).toEqual(
    Array.from({ length: 44 }, (_, index) => index + 1),
  );
});
