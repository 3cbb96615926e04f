import { readFile } from 'node:fs/promises';
import { components } from '../components.ts';
import type { Config } from '../service/config/config.ts';
import { loadConfig } from '../service/config/load-config.ts';
import { unreadableFile } from '../service/config/unreadable-file.ts';
import { ConfigError, type Problem } from '../util/problem.ts';

/** What every command that takes a configuration is given. */
export interface ConfigOptions {
  readonly config: readonly string[];
  readonly set: readonly string[];
}

/** Reads and checks the files. Throws `ConfigError` with all that is wrong. */
export async function configOf({ config, set }: ConfigOptions): Promise<Config> {
  const files: { file: string; text: string }[] = [];
  const problems: Problem[] = [];
  for (const file of config) {
    try {
      files.push({ file, text: await readFile(file, 'utf8') });
    } catch (error) {
      problems.push(unreadableFile(file, error));
    }
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return loadConfig(files, set, process.env, components);
}
