import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { escapePath } from 'tinyglobby';
import type { Logger } from '../pipeline/logger.ts';
import { FileWatch } from '../service/file-watch.ts';
import type { Service } from '../service/service.ts';
import { printable } from '../util/printable.ts';
import { ConfigError, formatProblem } from '../util/problem.ts';
import { serial } from '../util/serial.ts';
import { shortPath } from '../util/read-files.ts';
import { messageOf } from './failure.ts';
import { configOf, type ConfigOptions } from './load-config.ts';

/** Files are looked at this often, in milliseconds, and that takes one part in a hundred of the time at most. */
const lookMs = 2_000;
const pausesPerLook = 100;
/** Changed files that are named in a message. */
const mostNamed = 3;

/**
 * Reads the configuration anew when it is asked to, or when a file that it was made of has changed, and has the service
 * go over to it. One that is wrong changes nothing; all that is wrong with it is logged.
 */
export class Reloading {
  readonly #options: ConfigOptions;
  readonly #service: Service;
  readonly #log: Logger;
  readonly #watch: FileWatch;
  readonly #inTurn = serial();
  /** Files in which something is wrong: they may not be among those that the service was made of. */
  #faulty: readonly string[] = [];

  constructor(options: ConfigOptions, service: Service, log: Logger) {
    this.#options = options;
    this.#service = service;
    this.#log = log;
    const own = options.config.map((file) => escapePath(resolve(file)));
    this.#watch = new FileWatch(() => [...own, ...service.files, ...this.#faulty]);
  }

  /** Looks until `signal` aborts for changes since `since`, when what runs was read: wall time in milliseconds. */
  async watch(since: number, signal: AbortSignal): Promise<void> {
    await this.#settle(since);
    let pause = lookMs;
    while (await waited(pause, signal)) {
      const begin = performance.now();
      const changed = await this.#watch.look().catch((error: unknown) => this.#blind(error));
      pause = Math.max(lookMs, (performance.now() - begin) * pausesPerLook);
      if (changed.length > 0) await this.reload(`${named(changed)} changed`);
    }
  }

  /** `why` is logged. Never throws. */
  reload(why: string): Promise<void> {
    return this.#inTurn(async () => {
      this.#log.info(`${printable(why)}: reloading`);
      const since = Date.now();
      try {
        const config = await configOf(this.#options);
        await this.#service.reload(config);
        for (const warning of config.warnings) this.#log.warn(formatProblem(warning));
        this.#faulty = [];
        this.#log.info('reloaded: the new configuration runs');
      } catch (error) {
        this.#refuse(error);
      }
      await this.#settle(since);
    });
  }

  async #settle(since: number): Promise<void> {
    await this.#watch.settle(since).catch((error: unknown) => this.#blind(error));
  }

  /** A directory that cannot be read, say: what runs goes on, and the next look may see again. */
  #blind(error: unknown): readonly string[] {
    this.#log.warn(`cannot look for changes of files: ${printable(messageOf(error))}`);
    return [];
  }

  #refuse(error: unknown): void {
    const problems = error instanceof ConfigError ? error.problems : [];
    for (const problem of problems) this.#log.error(formatProblem(problem));
    if (problems.length === 0) this.#log.error(printable(messageOf(error)));
    const files = problems.map(({ file }) => file).filter((file) => file !== '');
    this.#faulty = [...new Set(files)].map((file) => escapePath(resolve(file)));
    this.#log.error('not reloaded: the configuration that runs is the one from before');
  }
}

function named(paths: readonly string[]): string {
  const shown = paths.slice(0, mostNamed).map(shortPath).join(', ');
  return paths.length > mostNamed ? `${shown} and ${paths.length - mostNamed} more` : shown;
}

/** False if `signal` aborts first. */
async function waited(ms: number, signal: AbortSignal): Promise<boolean> {
  return delay(ms, true, { signal, ref: false }).catch(() => false);
}
