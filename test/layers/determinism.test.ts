import { describe, expect, test } from 'vitest';
import { readSources } from './sources.ts';

/** Layers in which results are made: they depend on input alone (design §3, "Replay equals live"). */
const pure = /^(?:detection|record|store|util)\//;

const clocks = /\bnew Date\(\s*\)|\bDate\.now\b|\bperformance\.now\b|\bprocess\.(?:hrtime|uptime)\b/;
const chance = /\bMath\.random\b|\brandom(?:UUID|Bytes|Int|FillSync)\b|\bgetRandomValues\b/;

/** The lines of `text` that ask for the time or for chance. */
function suspects(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => !/^\s*(?:\*|\/\/|\/\*)/.test(line) && (clocks.test(line) || chance.test(line)));
}

test('nothing below the pipeline reads a clock or draws a number', () => {
  const found = [...readSources()]
    .filter(([path]) => pure.test(path))
    .flatMap(([path, text]) => suspects(text).map((line) => `src/${path}: ${line.trim()}`));
  expect(found).toEqual([]);
});

describe('the search sees', () => {
  for (const line of [
    'const now = new Date();',
    'const now = Date.now();',
    'return performance.now() - start;',
    'process.hrtime.bigint()',
    'if (Math.random() < 0.5) return;',
    "import { randomUUID } from 'node:crypto';",
  ]) {
    test(line, () => expect(suspects(line)).toEqual([line]));
  }
  test('but lets a given time be read', () => {
    expect(suspects('const date = new Date(ms);\n// never Date.now()')).toEqual([]);
  });
});
