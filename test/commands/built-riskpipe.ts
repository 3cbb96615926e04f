import { spawnSync } from 'node:child_process';
import { builtProgram } from '../e2e/process.ts';
import { root, type Ran, type Surroundings } from './riskpipe.ts';

/** Runs the built program to its end, as a process of its own; `input` is its standard input. */
export function builtRiskpipe(
  args: readonly string[],
  {
    input = '',
    environment = {},
    directory = root,
  }: Surroundings & { readonly input?: string | undefined } = {},
): Ran {
  return spawnSync(process.execPath, [builtProgram, ...args], {
    cwd: directory,
    input,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
}
