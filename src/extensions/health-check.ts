import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Extension, ExtensionFactory, HealthReport, Settings } from '../pipeline/component.ts';
import { assert } from '../util/assert.ts';
import { parseHostAndPort } from '../util/host-and-port.ts';
import { listen } from '../util/listen.ts';

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

// spec/reliability.md H20, smaller where a probe needs less.
const limits = {
  headersTimeout: 5_000,
  requestTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
  keepAliveTimeout: 5_000,
  maxHeaderSize: 16 * 2 ** 10,
};
const maxConnections = 64;

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
  #health: (() => HealthReport) | undefined;
  #server: Server | undefined;

  constructor(settings: Settings, config: HealthCheckConfig) {
    this.#settings = settings;
    this.#config = config;
  }

  observe(health: () => HealthReport): void {
    this.#health = health;
  }

  async start(): Promise<void> {
    const health = this.#health;
    assert(health, 'start before observe');
    const { log } = this.#settings;
    const server = createServer(limits, (request, response) => this.#answer(request, response, health()));
    server.maxConnections = maxConnections;
    this.#server = server;
    const { endpoint, exposed } = await listen(server, this.#config.endpoint);
    server.on('error', (error) => log.error(`the listener failed: ${error.message}`));
    log.info(`health is told on http://${endpoint}${this.#config.path}`);
    if (exposed)
      log.warn(`${endpoint} can be reached from other machines, which then see what is wrong here`);
  }

  async shutdown(): Promise<void> {
    const server = this.#server;
    if (server === undefined || !server.listening) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  #answer(request: IncomingMessage, response: ServerResponse, report: HealthReport): void {
    // An answer that nobody waits for any more is no error of ours.
    response.on('error', () => {});
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
