import { figureRows, verdictRows, type Rows } from './rows.ts';
import type { BenchReport, CaseResult } from './result.ts';

/** The page that docs/benchmarks.md is: what was measured, on what, and what it has to be. */
export function markdownPage({ machine, rounds, results }: BenchReport): string {
  const corpora = new Map(results.map(({ corpus }) => [corpus.name, corpus]));
  return [
    '# Benchmarks',
    'Written by `npm run bench` (`npm run bench -- --help` says how to measure less, or another log); the cases are ' +
      'in `test/bench/cases/`. `npm run bench:profile` says where the time goes. ' +
      `Everybody is measured in each of ${rounds} rounds, one after the other on the same file; a figure is the ` +
      'median of the rounds, with the least and the most. Ratios are taken round by round. "Steady" is the median ' +
      'of the last passes of a process that makes several; everything else is a whole process with its start. ' +
      'MB are 10^6 bytes; logs are in the page cache.',
    '## Machine',
    table([['what', 'which'], ...Object.entries(machine)]),
    '## Logs',
    table([
      ['log', 'bytes', 'lines'],
      ...Array.from(corpora.values(), ({ name, bytes, lines }) => [name, grouped(bytes), grouped(lines)]),
    ]),
    ...results.flatMap(sectionOf),
    '',
  ].join('\n\n');
}

function sectionOf(result: CaseResult): readonly string[] {
  const { benchCase, corpus, measured, remarks, verdicts } = result;
  const said = [...remarks, ...measured.failures.map((failure) => `failed: ${failure}`)];
  return [
    `## ${benchCase.title} (${corpus.name})`,
    `\`npm run bench -- --only ${benchCase.name}\``,
    ...(verdicts.length === 0 ? [] : [table(verdictRows(result))]),
    ...(measured.series.size === 0 ? [] : [table(figureRows(result))]),
    ...(said.length === 0 ? [] : [said.map((text) => `- ${oneLine(text)}`).join('\n')]),
  ];
}

function table([heading = [], ...rows]: Rows): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(oneLine).join(' | ')} |`;
  return [line(heading), line(heading.map(() => '---')), ...rows.map(line)].join('\n');
}

const oneLine = (text: string): string => text.replaceAll('|', String.raw`\|`).replace(/\s+/g, ' ');
const grouped = (count: number): string => count.toLocaleString('en-US');
