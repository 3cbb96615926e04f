import { closeSync, fdatasyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { LevelStore } from '../../../src/store/level.ts';
import type { BenchCase, Figure } from '../contest.ts';
import { Assembly } from '../lab/assembly.ts';
import type { Lab } from '../lab/lab.ts';
import { percentile } from '../statistics/percentile.ts';

const append = 'append and fdatasync, p50';
const commit = 'riskpipe, durable commit, p50';
const times = 500;
/** What a small unit of work writes: a position, some state, a record or two. */
const rows = 4;
const text = 'x'.repeat(1_000);

export const commits: BenchCase = {
  name: 'commits',
  title: '15. Durable commits, beside plain appends of the same size with fdatasync',
  logs: 'synthetic',
  async prepare(lab) {
    return new Assembly(lab.shelf)
      .add(
        { name: append, run: async () => [median(append, appends(lab))] },
        { name: commit, run: async () => [median(commit, await storeCommits(lab))] },
      )
      .contest([{ kind: 'ratio', of: append, to: commit, must: 1 / 3, aim: 0.5 }]);
  },
};

const median = (name: string, taken: readonly number[]): Figure => ({
  name,
  unit: 'ms',
  value: percentile(taken, 0.5),
});

function appends({ scratch }: Lab): readonly number[] {
  const file = openSync(scratch.path('plain'), 'a');
  const taken = Array.from({ length: times }, () => {
    const begin = performance.now();
    writeSync(file, text.repeat(rows));
    fdatasyncSync(file);
    return performance.now() - begin;
  });
  closeSync(file);
  return taken;
}

async function storeCommits({ scratch }: Lab): Promise<readonly number[]> {
  const directory = scratch.path('store');
  mkdirSync(directory, { recursive: true });
  const store = await LevelStore.open(directory);
  const taken: number[] = [];
  for (let index = 0; index < times; index++) {
    const begin = performance.now();
    const work = store.begin();
    for (let row = 1; row < rows; row++) work.put('t', `row ${row}`, text);
    work.enqueue('q', text);
    await work.commit();
    taken.push(performance.now() - begin);
  }
  await store.close();
  return taken;
}
