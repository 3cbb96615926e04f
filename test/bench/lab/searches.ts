import type { Contestant } from '../contest.ts';
import { duckdbSearch } from '../yardsticks/duckdb.ts';
import { jqSearch } from '../yardsticks/jq.ts';
import type { Tool } from '../yardsticks/yardstick.ts';
import { runCommand, type CommandOptions } from './command.ts';
import { benchProgram } from './folders.ts';
import type { Lab } from './lab.ts';
import { passCount, passesOf, speed, steadyFigures } from './replay.ts';

/** What the seed detection looks for, as words. */
const words = 'pulling image';
/** Nothing found is no failure. */
const accepted = [0, 1];

export const grepSearch = (lab: Lab, { path }: Tool): Contestant =>
  search(lab, 'grep -ci', path, ['-ci', words, lab.corpus.path], { environment: { LC_ALL: 'C' }, accepted });

/** Without a memory map it copies what it reads, as every reader in Node has to. */
export const rgSearch = (lab: Lab, { path }: Tool): Contestant =>
  search(lab, 'rg -ci --no-mmap', path, ['--no-config', '-ci', '--no-mmap', words, lab.corpus.path], {
    accepted,
  });

export const rgMappedSearch = (lab: Lab, { path }: Tool): Contestant =>
  search(lab, 'rg -ci', path, ['--no-config', '-ci', '--mmap', words, lab.corpus.path], { accepted });

export const jqContestant = (lab: Lab, { path }: Tool): Contestant =>
  search(lab, 'jq', path, ['-c', jqSearch, lab.corpus.path], { quiet: true });

export const duckdbContestant = (lab: Lab, { path }: Tool): Contestant =>
  search(lab, 'DuckDB, one thread', path, ['-c', duckdbSearch, lab.corpus.path], {});

/** What the C++ program does with each line. */
type SimdjsonMode = 'lines' | 'fields' | 'paths';

/** simdjson by the best instructions that the processor has. */
export const simdjsonContestant = (lab: Lab, name: string, tool: Tool, mode: SimdjsonMode): Contestant =>
  passing(lab, name, tool.path, [mode, lab.corpus.path, String(passCount)]);

/** simdjson by AVX2 where it would choose AVX-512: what spec/performance.md measured. To be seen beside the other. */
export const avx2SimdjsonContestant = (lab: Lab, name: string, tool: Tool, mode: SimdjsonMode): Contestant =>
  passing(lab, name, tool.path, [mode, lab.corpus.path, String(passCount)], {
    environment: { SIMDJSON_FORCE_IMPLEMENTATION: 'haswell' },
  });

export const parseLoopContestant = (lab: Lab): Contestant =>
  passing(lab, 'JSON.parse loop', process.execPath, [benchProgram('parse-loop'), lab.corpus.path, '2']);

/** A process from start to end. */
function search(
  { corpus }: Lab,
  name: string,
  file: string,
  args: readonly string[],
  options: CommandOptions,
): Contestant {
  return {
    name,
    run: async () => [speed(name, corpus.bytes, runCommand(file, args, options).seconds)],
  };
}

/** A program that makes several passes and prints them. */
function passing(
  { corpus }: Lab,
  name: string,
  file: string,
  args: readonly string[],
  options: CommandOptions = {},
): Contestant {
  return { name, run: async () => steadyFigures(name, passesOf(file, args, options), corpus.bytes) };
}
