import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Owner } from './owner.ts';
import { until } from './until.ts';

/** The built program. */
export const builtProgram = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** How a process ended: its exit code, or the signal that ended it. */
export type Exit = number | NodeJS.Signals;

/** One line of the program's own log, as `encoding: json` writes it. */
export interface LogLine {
  readonly level: unknown;
  readonly component: string;
  readonly msg: string;
}

export interface Circumstances {
  /** Its main file, where that is not `builtProgram`. */
  readonly program?: string;
  /** The Node that runs it, where that is not the one of the tests. */
  readonly node?: string;
  readonly directory?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Runs as this user and group. */
  readonly user?: number;
  /** A command that it is run through, which has to become it: `prlimit`, `nsenter`, `strace -D`. */
  readonly through?: readonly string[];
  /** Who ends it for good; the test if left out. */
  readonly owner?: Owner;
}

/** `node dist/main.js` with arguments, as a child process; ended for good when its owner is over. */
export class Program {
  readonly #child: ChildProcess;
  readonly #log: LogLine[] = [];
  /** The beginning of a line of which the rest has not arrived. */
  #begun = '';
  readonly exited: Promise<Exit>;
  exit: Exit | undefined;
  stdout = '';
  stderr = '';

  constructor(args: readonly string[], circumstances: Circumstances = {}) {
    const { program = builtProgram, node = process.execPath } = circumstances;
    const { directory, environment, user, through = [], owner = onTestFinished } = circumstances;
    if (!existsSync(program)) throw new Error(`there is no ${program}; run "npm run build" first`);
    const [file = '', ...rest] = [...through, node, program, ...args];
    this.#child = spawn(file, rest, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1', ...environment },
      ...(directory === undefined ? {} : { cwd: directory }),
      ...(user === undefined ? {} : { uid: user, gid: user }),
    });
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => this.#said(text));
    this.exited = new Promise((resolve, reject) => {
      this.#child.on('error', reject);
      this.#child.on('close', (code, signal) => resolve((this.exit = code ?? signal ?? 'SIGKILL')));
    });
    owner(async () => {
      this.signal('SIGKILL');
      await this.exited;
    });
  }

  get id(): number {
    return this.#child.pid ?? 0;
  }

  /** The lines of its log so far that are JSON. */
  get log(): readonly LogLine[] {
    return this.#log;
  }

  /** Records that an earlier life committed and could not deliver, as this one says at its start. */
  get leftOver(): number {
    const said = this.log.map(({ msg }) => /^(\d+) records? of an earlier run/.exec(msg)?.[1]);
    return said.reduce((sum, records) => sum + Number(records ?? 0), 0);
  }

  signal(signal: NodeJS.Signals): void {
    if (this.exit === undefined) this.#child.kill(signal);
  }

  /** Resolves once a log message matches; throws if the program ends without one, or takes too long. */
  async says(pattern: RegExp, deadlineMs?: number): Promise<string> {
    const find = (): string | undefined => this.log.find(({ msg }) => pattern.test(msg))?.msg;
    const found = await until(
      () => find() ?? (this.exit === undefined ? undefined : null),
      () => `a log message like ${String(pattern)}; it said:\n${this.stderr}`,
      deadlineMs,
    );
    if (found === null)
      throw new Error(`it ended with ${this.exit} and never said ${String(pattern)}:\n${this.stderr}`);
    return found;
  }

  ready(deadlineMs?: number): Promise<string> {
    return this.says(/everything is ready/, deadlineMs);
  }

  #said(text: string): void {
    this.stderr += text;
    const lines = (this.#begun + text).split('\n');
    this.#begun = lines.pop() ?? '';
    this.#log.push(...lines.flatMap(parsedLogLine));
  }

  /** How it ended; throws if it does not. */
  async ended(deadlineMs?: number): Promise<Exit> {
    return (
      await until(
        () => (this.exit === undefined ? undefined : { exit: this.exit }),
        () => `the end of ${this.id}; it said:\n${this.stderr}`,
        deadlineMs,
      )
    ).exit;
  }
}

/** One entry, or none for a line that is no entry of the log: what a crash prints, say. */
function parsedLogLine(line: string): readonly LogLine[] {
  if (!line.startsWith('{')) return [];
  try {
    return [JSON.parse(line) as LogLine];
  } catch {
    return [];
  }
}
