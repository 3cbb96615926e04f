import { z } from 'zod';
import { jsonPage, PageServer, type Page } from '../net/page-server.ts';
import type { Extension, ExtensionFactory, HealthReport, Settings } from '../pipeline/component.ts';
import type { PipelineView } from '../pipeline/pipeline-view.ts';
import { assert } from '../util/assert.ts';
import { isLoopback, parseHostAndPort } from '../util/host-and-port.ts';
import { pipelinesHtml } from './zpages/pipelines-html.ts';

const schema = z.strictObject({
  endpoint: z
    .string()
    .default('localhost:55680')
    .refine(isLocal, {
      error: 'is no address of this machine alone; write localhost and a port, such as localhost:55680',
    })
    .describe('Host and port to show the pages on; only this machine may look.'),
});

type ZpagesConfig = z.output<typeof schema>;

const path = '/debug/pipelines';

/**
 * `zpages`: shows on `/debug/pipelines` what records pass and what was counted on the way, as JSON or, to who wants
 * it, as HTML. A Collector takes port 55679.
 */
export const zpages: ExtensionFactory<ZpagesConfig> = {
  type: 'zpages',
  schema,
  create: async (settings, config) => new Zpages(settings, config),
};

class Zpages implements Extension {
  readonly #log: Settings['log'];
  readonly #server: PageServer;
  #health: (() => HealthReport) | undefined;
  #pipelines: (() => readonly PipelineView[]) | undefined;

  constructor({ log }: Settings, { endpoint }: ZpagesConfig) {
    this.#log = log;
    this.#server = new PageServer({ endpoint, log });
  }

  observe(health: () => HealthReport): void {
    this.#health = health;
  }

  inspect(pipelines: () => readonly PipelineView[]): void {
    this.#pipelines = pipelines;
  }

  async start(): Promise<void> {
    const { endpoint } = await this.#server.start(async (request) =>
      request.path === path ? this.#page(request.accept) : undefined,
    );
    this.#log.info(`pipelines are shown on http://${endpoint}${path}`);
  }

  shutdown(signal: AbortSignal): Promise<void> {
    return this.#server.stop(signal);
  }

  #page(accept: string): Page {
    assert(this.#health && this.#pipelines, 'start before observe and inspect');
    const health = this.#health();
    const pipelines = this.#pipelines();
    if (!accept.includes('text/html')) return jsonPage(200, { health, pipelines });
    return { status: 200, type: 'text/html; charset=utf-8', body: pipelinesHtml(health, pipelines) };
  }
}

function isLocal(text: string): boolean {
  const address = parseHostAndPort(text);
  return address !== undefined && isLoopback(address);
}
