import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { runBench } from '../bench.ts';
import { cacheFolder } from '../lab/folders.ts';
import { readOptions, usage, type BenchOptions } from '../options.ts';
import { jsonReport } from '../report/json.ts';
import { machineFacts } from '../report/machine.ts';
import { markdownPage } from '../report/markdown.ts';
import type { CaseResult } from '../report/result.ts';
import { screenText } from '../report/screen.ts';
import { Shelf } from '../yardsticks/shelf.ts';

/** `npm run bench`: measures, and says what it measured. Ends with 1 if something could not be measured at all. */
const page = 'docs/benchmarks.md';

const args = process.argv.slice(2);
if (args.includes('--help')) {
  process.stdout.write(usage);
} else {
  const options = readOptions(args);
  if (typeof options === 'string') {
    process.stderr.write(`${options}\n\n${usage}`);
    process.exitCode = 2;
  } else {
    process.exitCode = await bench(options);
  }
}

async function bench(options: BenchOptions): Promise<number> {
  const date = new Date();
  const shelf = new Shelf(cacheFolder, options.effort, progress);
  const before = machineFacts(date);
  const results: CaseResult[] = [];
  for await (const result of runBench(options, shelf, progress)) {
    results.push(result);
    process.stdout.write(`${screenText(result)}\n`);
  }
  const machine = { ...before, yardsticks: shelf.versions.join('; ') };
  const report = { machine, rounds: options.rounds, results };
  write(options.json, jsonReport(report));
  if (!options.isPartial) write(page, await formatted(markdownPage(report)));
  return results.some(({ measured }) => measured.failures.length > 0) ? 1 : 0;
}

async function formatted(markdown: string): Promise<string> {
  return format(markdown, { ...(await resolveConfig(page)), filepath: page });
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  progress(`wrote ${path}`);
}

/** What goes on, beside the tables. */
function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}
