import type { Figure } from '../contest.ts';
import type { Corpus } from '../corpus/corpus.ts';
import { runCommand, type CommandOptions } from './command.ts';
import { benchProgram, builtProgram } from './folders.ts';
import { steadyCpuShare, steadySeconds, type Pass } from './pass.ts';

/** How often a program that measures its steady state goes over the log, at least; the last passes count. */
export const passCount = 5;

/** Replays `config` in one process several times; what it says of the last passes. */
export function steadyReplay(name: string, config: string, { bytes }: Corpus): readonly Figure[] {
  const passes = passesOf(process.execPath, [benchProgram('steady'), config, String(passCount)]);
  return steadyFigures(name, passes, bytes);
}

/** Runs a program that prints its passes. */
export function passesOf(
  file: string,
  args: readonly string[],
  options: CommandOptions = {},
): readonly Pass[] {
  return JSON.parse(runCommand(file, args, options).stdout) as readonly Pass[];
}

export const steadyFigures = (name: string, passes: readonly Pass[], bytes: number): readonly Figure[] => [
  speed(name, bytes, steadySeconds(passes)),
  { name: `${name}: CPU`, unit: '% of a core', value: steadyCpuShare(passes) },
  { name: `${name}: found`, unit: 'hits', value: passes.at(-1)?.hits ?? 0 },
];

/** `riskpipe replay` as a whole process, start and end included, on so many threads. */
export function wholeReplay(config: string, workers = 1): number {
  const args = [builtProgram, 'replay', '--config', config];
  return runCommand(process.execPath, [...args, ...workersOption(workers)], { quiet: true }).seconds;
}

/** The option that says on how many threads to replay; none if this build has no such option. */
export function workersOption(workers: number): readonly string[] {
  return hasWorkers() ? ['--workers', String(workers)] : [];
}

/** True if a replay can use several threads. */
export function hasWorkers(): boolean {
  known ??= runCommand(process.execPath, [builtProgram, 'replay', '--help']).stdout.includes('--workers');
  return known;
}

let known: boolean | undefined;

export const speed = (name: string, bytes: number, seconds: number): Figure => ({
  name,
  unit: 'MB/s',
  value: bytes / 1e6 / seconds,
});
