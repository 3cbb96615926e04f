import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { HttpServer } from '../net/http-server.ts';
import type { Extension, ExtensionFactory, HealthReport, Settings } from '../pipeline/component.ts';
import { assert } from '../util/assert.ts';
import { parseHostAndPort } from '../util/host-and-port.ts';

const schema = z.strictObject({
  endpoint: z
    .string()
    .default('localhost:13134')
    .refine((text) => parseHostAndPort(text) !== undefined, {
      error: 'is no address; write a host and a port, such as localhost:13134',
    })
    .describe('Host and port to answer on. Without a host, all interfaces.'),
  path: z
    .string()
    .startsWith('/', 'must begin with "/"')
    .default('/')
    .describe('The path that tells the health.'),
});

type HealthCheckConfig = z.output<typeof schema>;

/** Smaller than where records are taken, as a probe needs less. */
const limits = { maxConnections: 64, requestTimeoutMs: 5_000 };

/**
 * `health_check`: answers 200 while the service reads and delivers, and 503 with the reasons while it does not: before
 * it is ready, while delivery fails, while the reader stands still. The body is a `HealthReport` as JSON.
 */
export const healthCheck: ExtensionFactory<HealthCheckConfig> = {
  type: 'health_check',
  schema,
  create: async (settings, config) => new HealthCheck(settings, config),
};

class HealthCheck implements Extension {
  readonly #settings: Settings;
  readonly #config: HealthCheckConfig;
  readonly #server: HttpServer;
  #health: (() => HealthReport) | undefined;

  constructor(settings: Settings, config: HealthCheckConfig) {
    this.#settings = settings;
    this.#config = config;
    this.#server = new HttpServer({ endpoint: config.endpoint, ...limits, log: settings.log });
  }

  observe(health: () => HealthReport): void {
    this.#health = health;
  }

  async start(): Promise<void> {
    const health = this.#health;
    assert(health, 'start before observe');
    const { log } = this.#settings;
    const { endpoint, exposed } = await this.#server.start(async (request, response) =>
      this.#answer(request, response, health()),
    );
    log.info(`health is told on http://${endpoint}${this.#config.path}`);
    if (exposed)
      log.warn(`${endpoint} can be reached from other machines, which then see what is wrong here`);
  }

  shutdown(signal: AbortSignal): Promise<void> {
    return this.#server.stop(signal);
  }

  #answer(request: IncomingMessage, response: ServerResponse, report: HealthReport): void {
    const [path] = (request.url ?? '').split('?', 1);
    if (path !== this.#config.path) return send(response, 404, { error: 'there is nothing at this path' });
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return send(response, 405, { error: 'ask with GET' });
    }
    send(response, report.status === 'healthy' ? 200 : 503, report);
  }
}

/** Closes the connection after it: whatever body a request announces is never read. */
function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    Connection: 'close',
  });
  response.end(`${JSON.stringify(body)}\n`);
}
