import { format } from 'prettier';
import { expect, test } from 'vitest';
import type { Goal } from '../contest.ts';
import { judge } from '../statistics/judge.ts';
import { jsonReport } from './json.ts';
import { markdownPage } from './markdown.ts';
import type { BenchReport, CaseResult } from './result.ts';
import { screenText } from './screen.ts';

const series = new Map([
  ['own', { unit: 'MB/s' as const, rounds: [4_000, 4_200, 3_900] }],
  ['rg', { unit: 'MB/s' as const, rounds: [5_000, 5_000, 5_000] }],
]);
const measured = { series, failures: ['jq: it broke'] };
const goals: readonly Goal[] = [
  { kind: 'ratio', of: 'own', to: 'rg', must: 0.8, aim: 1 },
  { kind: 'ratio', of: 'own', to: 'DuckDB', must: 5, aim: 8 },
];
const result: CaseResult = {
  benchCase: { name: 'seed', title: '1. Seed' },
  corpus: { name: 'synthetic', bytes: 1_000_000, lines: 545 },
  measured,
  verdicts: goals.map((goal) => judge(goal, measured)),
  remarks: ['DuckDB is missing: install "this | that"'],
};
const report: BenchReport = { machine: { CPU: 'fast', Node: 'v20' }, rounds: 3, results: [result] };

test('the screen shows figures, goals, and what is missing', () => {
  expect(screenText(result)).toBe(`
1. Seed [seed], log: synthetic
  figure   median (least to most)
  own      4,000 MB/s (3,900 to 4,200)
  rg       5,000 MB/s (5,000 to 5,000)

  goal           measured              must            met            aim           met
  own / rg       0.8x (0.78 to 0.84)   at least 0.8x   yes            at least 1x   no
  own / DuckDB                         at least 5x     not measured   at least 8x   no
  note: DuckDB is missing: install "this | that"
  failed: jq: it broke`);
});

test('the page is Markdown as the formatter leaves it, with every row', async () => {
  const page = await format(markdownPage(report), { parser: 'markdown', printWidth: 110 });
  expect(page).toContain('| CPU  | fast  |');
  expect(page).toContain('## 1. Seed (synthetic)');
  expect(page).toMatch(/\| own \/ rg +\| 0\.8x \(0\.78 to 0\.84\) \| at least 0\.8x \| yes +\|/);
  expect(page).toContain(String.raw`- DuckDB is missing: install "this \| that"`);
  expect(page).toContain('- failed: jq: it broke');
});

test('the JSON holds the values of all rounds', () => {
  const { cases } = JSON.parse(jsonReport(report)) as { readonly cases: readonly unknown[] };
  expect(cases).toMatchObject([
    {
      name: 'seed',
      corpus: { lines: 545 },
      figures: { own: { unit: 'MB/s', rounds: [4_000, 4_200, 3_900] } },
      goals: [{ meets: { must: true, aim: false } }, { meets: { must: false } }],
    },
  ]);
});
