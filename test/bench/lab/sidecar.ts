import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../e2e/until.ts';
import { builtProgram } from './folders.ts';
import { cpuSecondsOf, peakMegabytesOf } from './process-usage.ts';

const quietMs = 1_000;
const quietPercent = 5;
const quietWithinMs = 60_000;

/** `riskpipe --config` as it runs beside an apiserver. */
export class Sidecar {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  #said = '';

  private constructor(config: string) {
    this.#child = spawn(
      process.execPath,
      [builtProgram, '--config', config, '--set', 'service.telemetry.logs.level=info'],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    this.#ended = once(this.#child, 'exit');
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#said += text));
  }

  /** Resolves when it says that everything is ready. */
  static async start(config: string): Promise<Sidecar> {
    const sidecar = new Sidecar(config);
    await until(
      () => {
        const { exitCode } = sidecar.#child;
        if (exitCode !== null) throw new Error(`riskpipe ended with ${exitCode}: ${sidecar.#said}`);
        return sidecar.#said.includes('everything is ready');
      },
      () => `riskpipe to be ready; it said: ${sidecar.#said}`,
      60_000,
    );
    return sidecar;
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

  /** Resolves when it has read what there was: when it takes no more of a core, over a while, than a little. */
  async quiet(): Promise<void> {
    const deadline = performance.now() + quietWithinMs;
    while ((await this.usageDuring(() => sleep(quietMs))) > quietPercent) {
      if (performance.now() > deadline) throw new Error(`riskpipe is still busy after ${quietWithinMs} ms`);
    }
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    await this.#ended;
  }
}
