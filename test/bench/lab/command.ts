import { spawnSync } from 'node:child_process';

export interface CommandOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly directory?: string;
  /** Exit codes that are no failure; only 0 unless given. */
  readonly accepted?: readonly number[];
  /** What it writes is thrown away instead of returned, as a user would with `> /dev/null`. */
  readonly quiet?: boolean;
}

export interface Finished {
  /** From before its start to after its end. */
  readonly seconds: number;
  /** Without white space at its ends. */
  readonly stdout: string;
}

const patienceMs = 1_800_000;
const maxBuffer = 64 * 2 ** 20;

/** Runs a command to its end. Throws, with its last words, if it fails. */
export function runCommand(
  file: string,
  args: readonly string[],
  { environment = {}, directory, accepted = [0], quiet = false }: CommandOptions = {},
): Finished {
  const start = performance.now();
  const { status, signal, error, stdout, stderr } = spawnSync(file, args, {
    encoding: 'utf8',
    maxBuffer,
    timeout: patienceMs,
    stdio: ['ignore', quiet ? 'ignore' : 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
    ...(directory === undefined ? {} : { cwd: directory }),
  });
  const seconds = (performance.now() - start) / 1_000;
  if (error === undefined && status !== null && accepted.includes(status)) {
    return { seconds, stdout: quiet ? '' : stdout.trim() };
  }
  const words = error?.message ?? stderr.trim().split('\n').slice(-8).join('\n');
  throw new Error(`"${file} ${args.join(' ')}" ended with ${status ?? signal}: ${words}`);
}
