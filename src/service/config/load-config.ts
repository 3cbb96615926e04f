import { dirname, resolve } from 'node:path';
import type { ComponentEntry } from '../../pipeline/registry.ts';
import { ConfigError } from '../../util/problem.ts';
import { check } from './check.ts';
import type { Config } from './config.ts';
import { fileProblems } from './file-problems.ts';
import type { Place } from './node.ts';
import { readSources, type ConfigFile } from './read-sources.ts';
import { Report } from './report.ts';
import type { Environment } from './substitute.ts';

/**
 * Reads, merges and checks a configuration (spec/collector.md §1). Starts nothing. Throws `ConfigError` with all
 * problems, warnings too, sorted by place, and behind them those of the files that it names; only then these are read.
 *
 * `files` are merged in order, then the `--set` flags `sets` (`a.b.c=value`). `components` are the types of this
 * build; the code of those that are used is loaded. `directory` is what file names are relative to, absolute.
 */
export async function loadConfig(
  files: readonly ConfigFile[],
  sets: readonly string[],
  environment: Environment,
  components: readonly ComponentEntry[],
  directory: string = process.cwd(),
): Promise<Config> {
  const report = new Report();
  const names = files.map(({ file }) => file);
  const directories = new Map(names.map((file) => [file, resolve(directory, dirname(file))]));
  const directoryOf = ({ file }: Place): string => directories.get(file) ?? directory;
  const root = readSources(files, sets, environment, components, report);
  if (root === undefined && !report.failed) report.error(placeOfNothing(names), [], nothing(names));
  const config = root && (await check(root, components, directoryOf, report));
  const found = report.sorted(names);
  if (config === undefined) throw new ConfigError(found);
  if (report.failed)
    throw new ConfigError([...found, ...(await fileProblems({ ...config, warnings: found }))]);
  return { ...config, warnings: found };
}

function placeOfNothing([first]: readonly string[]): Place {
  return first === undefined ? { file: '--config', line: 0, column: 0 } : { file: first, line: 1, column: 1 };
}

function nothing(names: readonly string[]): string {
  return names.length === 0 ? 'name at least one configuration file' : 'the configuration is empty';
}
