import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { BenchCase } from './contest.ts';
import { corpusOf, repeatedCorpus, syntheticCorpus, type Corpus } from './corpus/corpus.ts';
import { cacheFolder, sharedData } from './lab/folders.ts';
import { Scratch } from './lab/scratch.ts';
import type { BenchOptions } from './options.ts';
import type { CaseResult } from './report/result.ts';
import { runContest } from './run-contest.ts';
import { judge } from './statistics/judge.ts';
import type { Shelf } from './yardsticks/shelf.ts';

const recorded = join(sharedData, 'audit/codenotary-immudb/k8s.log');

/** Runs the cases that were asked for, one after the other, and hands each result on as soon as it is there. */
export async function* runBench(
  options: BenchOptions,
  shelf: Shelf,
  say: (text: string) => void,
): AsyncGenerator<CaseResult> {
  for (const corpus of corporaOf(options, say)) {
    for (const benchCase of options.cases) {
      if (!isMeasuredOn(benchCase, corpus, options)) continue;
      yield await runCase(benchCase, corpus, options, shelf, say);
    }
  }
}

/** The logs, each made and read into the page cache when its turn comes. */
function* corporaOf({ file, size }: BenchOptions, say: (text: string) => void): Generator<Corpus> {
  if (file !== undefined) {
    yield corpusOf(basename(file), file);
    return;
  }
  say('preparing the synthetic log');
  yield syntheticCorpus(cacheFolder, size);
  if (existsSync(recorded)) yield repeatedCorpus('codenotary', recorded, cacheFolder, size);
  else say('../shared/data/audit is not there: nothing is measured on a recorded log');
}

/** A log of the user's stands for every other one. */
const isMeasuredOn = ({ logs }: BenchCase, { name }: Corpus, { file }: BenchOptions): boolean =>
  file !== undefined || logs === 'every' || logs === name;

/** What cannot even be prepared is a failure of its case, and of no other. */
async function runCase(
  benchCase: BenchCase,
  corpus: Corpus,
  { rounds, watchMs }: BenchOptions,
  shelf: Shelf,
  say: (text: string) => void,
): Promise<CaseResult> {
  const scratch = new Scratch();
  const { name, title } = benchCase;
  const about = { benchCase: { name, title }, corpus };
  try {
    const contest = await benchCase.prepare({ corpus, shelf, cache: cacheFolder, scratch, watchMs });
    try {
      const measured = await runContest(contest, rounds, (text) => say(`${name}, ${corpus.name}: ${text}`));
      const verdicts = contest.goals.map((goal) => judge(goal, measured));
      return { ...about, measured, verdicts, remarks: contest.remarks };
    } finally {
      await contest.close?.();
    }
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    return { ...about, measured: { series: new Map(), failures: [failure] }, verdicts: [], remarks: [] };
  } finally {
    scratch.clear();
  }
}
