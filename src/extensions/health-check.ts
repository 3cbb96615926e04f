import { z } from 'zod';
import { listenerOptions } from '../net/listener-config.ts';
import { jsonPage, PageServer, type Page } from '../net/page-server.ts';
import { ServerTls } from '../net/server-tls.ts';
import { urlPath } from '../net/url-config.ts';
import type { Extension, ExtensionFactory, HealthReport, Settings } from '../pipeline/component.ts';
import { toMillis } from '../record/time.ts';
import { assert } from '../util/assert.ts';
import { formatDuration } from '../util/duration.ts';

const listener = listenerOptions('localhost:13134');

const schema = z.strictObject({
  endpoint: listener.endpoint,
  path: urlPath.default('/').describe('The path that tells the health.'),
  response_body: z
    .strictObject({
      healthy: z.string().default('').describe('What to answer while it is healthy.'),
      unhealthy: z.string().default('').describe('What to answer while it is not.'),
    })
    .optional()
    .describe('Fixed answers instead of the JSON that says what is wrong.'),
  tls: listener.tls,
});

type HealthCheckConfig = z.output<typeof schema>;

/** What the Collector writes while it is not up. */
const neverUp = '0001-01-01T00:00:00Z';

/**
 * `health_check`: answers 200 while the service reads and delivers, and 503 with the reasons while it does not: before
 * it is ready, while delivery fails, while the reader stands still. The body is what the Collector's extension answers
 * (spec/collector.md §5.3), with the reasons beside it.
 */
export const healthCheck: ExtensionFactory<HealthCheckConfig> = {
  type: 'health_check',
  schema,
  create: async (settings, config) => {
    const tls = config.tls && (await ServerTls.read(config.tls, settings.directory));
    return new HealthCheck(settings, config, tls);
  },
};

class HealthCheck implements Extension {
  readonly #settings: Settings;
  readonly #config: HealthCheckConfig;
  readonly #server: PageServer;
  #health: (() => HealthReport) | undefined;

  constructor(settings: Settings, config: HealthCheckConfig, tls: ServerTls | undefined) {
    this.#settings = settings;
    this.#config = config;
    this.#server = new PageServer({ endpoint: config.endpoint, tls, log: settings.log });
  }

  observe(health: () => HealthReport): void {
    this.#health = health;
  }

  async start(): Promise<void> {
    const health = this.#health;
    assert(health, 'start before observe');
    const { log } = this.#settings;
    const { path: told, tls } = this.#config;
    const { endpoint, exposed } = await this.#server.start(async ({ path }) =>
      path === told ? this.#pageOf(health()) : undefined,
    );
    log.info(`health is told on ${tls === undefined ? 'http' : 'https'}://${endpoint}${told}`);
    if (exposed)
      log.warn(`${endpoint} can be reached from other machines, which then see what is wrong here`);
  }

  shutdown(signal: AbortSignal): Promise<void> {
    return this.#server.stop(signal);
  }

  #pageOf({ status, since, reasons }: HealthReport): Page {
    const isUp = status === 'healthy';
    const code = isUp ? 200 : 503;
    const fixed = this.#config.response_body;
    if (fixed !== undefined) {
      return {
        status: code,
        type: 'text/plain; charset=utf-8',
        body: isUp ? fixed.healthy : fixed.unhealthy,
      };
    }
    if (!isUp) {
      const down = { status: 'Server not available', upSince: neverUp, uptime: '' };
      return jsonPage(code, { ...down, since, reasons });
    }
    const upMs = Math.max(0, toMillis(this.#settings.now()) - Date.parse(since));
    return jsonPage(code, {
      status: 'Server available',
      upSince: since,
      uptime: formatDuration(upMs),
      since,
      reasons,
    });
  }
}
