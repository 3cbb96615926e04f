import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { builtProgram } from '../e2e/process.ts';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** How a run of the program went. */
export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built program to its end, in the checkout unless said otherwise. */
export function riskpipe(
  args: readonly string[],
  input = '',
  environment: Readonly<Record<string, string>> = {},
  directory = root,
): Ran {
  return spawnSync(process.execPath, [builtProgram, ...args], {
    cwd: directory,
    input,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
}
