import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../e2e/until.ts';
import { cpuSecondsOf, peakMegabytesOf } from './process-usage.ts';

const startsWithinMs = 60_000;
const quietMs = 1_000;
const quietPercent = 5;
const quietWithinMs = 60_000;

/** A program that runs beside us until it is stopped. */
export class RunningProgram {
  readonly #name: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  #said = '';

  private constructor(name: string, file: string, args: readonly string[]) {
    this.#name = name;
    this.#child = spawn(file, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#ended = once(this.#child, 'exit');
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#said += text));
  }

  /** Resolves when it says that everything is ready: riskpipe and the Collector do so in the same words. */
  static async start(name: string, file: string, args: readonly string[]): Promise<RunningProgram> {
    const program = new RunningProgram(name, file, args);
    await until(
      () => {
        const { exitCode } = program.#child;
        if (exitCode !== null) throw new Error(`${name} ended with ${exitCode}: ${program.#said}`);
        return /everything is ready/i.test(program.#said);
      },
      () => `${name} to be ready; it said: ${program.#said}`,
      startsWithinMs,
    );
    return program;
  }

  get cpuSeconds(): number {
    return cpuSecondsOf(this.#child.pid ?? 0);
  }

  get peakMegabytes(): number {
    return peakMegabytesOf(this.#child.pid ?? 0);
  }

  /** The share of one core, in per cent, that it takes while `during` runs. */
  async usageDuring(during: () => Promise<unknown>): Promise<number> {
    const start = performance.now();
    const used = this.cpuSeconds;
    await during();
    return (100 * (this.cpuSeconds - used) * 1_000) / (performance.now() - start);
  }

  /** Resolves when it has done what there was: when it takes no more of a core, over a while, than a little. */
  async quiet(): Promise<void> {
    const deadline = performance.now() + quietWithinMs;
    while ((await this.usageDuring(() => sleep(quietMs))) > quietPercent) {
      if (performance.now() > deadline)
        throw new Error(`${this.#name} is still busy after ${quietWithinMs} ms`);
    }
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    await this.#ended;
  }
}
