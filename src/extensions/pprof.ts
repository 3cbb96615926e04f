import { resolve } from 'node:path';
import { z } from 'zod';
import type { Extension, ExtensionFactory, Settings } from '../pipeline/component.ts';
import { duration } from '../util/duration.ts';
import { reasonOf } from '../util/reason-of.ts';

const longestMs = 300_000;

const schema = z.strictObject({
  directory: z
    .string()
    .min(1)
    .optional()
    .describe('Where profiles are written; it has to be there. Without it none are.'),
  duration: duration
    .refine((ms) => ms > 0 && ms <= longestMs, 'must be more than 0s and at most 5m')
    .prefault('10s')
    .describe('How long a profile is taken.'),
});

type PprofConfig = z.output<typeof schema>;

const signal = 'SIGUSR2';

/**
 * `pprof`: at SIGUSR2 takes a profile of the processor and one of what was allocated, and writes both to files that
 * only their owner can read. Neither holds data of events. A heap snapshot would, and stops the process while it is
 * taken, so there is none.
 */
export const pprof: ExtensionFactory<PprofConfig> = {
  type: 'pprof',
  schema,
  create: async (settings, config) => new Pprof(settings, config),
};

class Pprof implements Extension {
  readonly #settings: Settings;
  readonly #config: PprofConfig;
  readonly #ending = new AbortController();
  readonly #onSignal = (): void => this.#begin();
  #current: Promise<void> | undefined;

  constructor(settings: Settings, config: PprofConfig) {
    this.#settings = settings;
    this.#config = config;
  }

  async start(): Promise<void> {
    process.on(signal, this.#onSignal);
    if (this.#config.directory === undefined) {
      this.#settings.log.warn(`no profile is taken at ${signal}: "directory" says where to write it`);
    }
  }

  async shutdown(): Promise<void> {
    process.off(signal, this.#onSignal);
    this.#ending.abort();
    await this.#current;
  }

  #begin(): void {
    const { log } = this.#settings;
    const { directory } = this.#config;
    if (directory === undefined) return log.warn(`${signal}: nothing is done, for "directory" is not given`);
    if (this.#current !== undefined) return log.info(`${signal}: a profile is being taken already`);
    log.info(`${signal}: taking a profile`);
    this.#current = this.#take(directory)
      .catch((error: unknown) => log.error(`no profile could be taken: ${reasonOf(error)}`))
      .finally(() => {
        this.#current = undefined;
      });
  }

  async #take(directory: string): Promise<void> {
    const { takeProfiles } = await import('./pprof/take-profiles.ts');
    const { now, log } = this.#settings;
    const place = resolve(this.#settings.directory, directory);
    for (const path of await takeProfiles(place, this.#config.duration, now(), this.#ending.signal)) {
      log.info(`wrote ${path}`);
    }
  }
}
