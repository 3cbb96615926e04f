import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { runCommandLine } from '../../src/commands/command-line.ts';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** How a run of the program went. */
export interface Ran {
  /** Null if a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a run of the program finds around it. */
export interface Surroundings {
  /** Beside those of the tests. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Default: the checkout. */
  readonly directory?: string;
}

/**
 * Runs a command to its end in the process of the tests: without the start of a process, which takes most of the time.
 * One at a time, since there is one standard output. `builtRiskpipe` is for what only a process shows: standard input,
 * what runs or replays, limits, the build itself.
 */
export async function riskpipe(
  args: readonly string[],
  { environment = {}, directory = root }: Surroundings = {},
): Promise<Ran> {
  const restore = enter(directory, environment);
  const stdout = captured(process.stdout);
  const stderr = captured(process.stderr);
  try {
    await runCommandLine(args);
    return { status: Number(process.exitCode ?? 0), stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    stdout.release();
    stderr.release();
    restore();
  }
}

/** Changes what a process has one of; gives what changes it back. */
function enter(directory: string, environment: Readonly<Record<string, string>>): () => void {
  const { env, exitCode } = process;
  const before = process.cwd();
  process.chdir(directory);
  process.env = { ...env, ...environment };
  process.exitCode = undefined;
  return () => {
    process.chdir(before);
    process.env = env;
    process.exitCode = exitCode;
  };
}

interface Captured {
  text(): string;
  release(): void;
}

/** Keeps what is written to a stream, instead of writing it. */
function captured(stream: NodeJS.WriteStream): Captured {
  let text = '';
  const write = vi.spyOn(stream, 'write').mockImplementation((chunk) => {
    text += chunk.toString();
    return true;
  });
  // A command listens for a reader that has gone, in order to end the process.
  const on = vi.spyOn(stream, 'on').mockReturnThis();
  return {
    text: () => text,
    release: () => {
      write.mockRestore();
      on.mockRestore();
    },
  };
}
