import { readFile } from 'node:fs/promises';
import { configError } from '../util/problem.ts';
import { reasonOf } from '../util/reason-of.ts';

/** What the file at `path` holds, which the option at `option` names. Throws `ConfigError`, there, if it cannot be read. */
export async function readOptionFile(option: string, path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw configError(option, `could not read "${path}": ${reasonOf(cause)}`);
  }
}
