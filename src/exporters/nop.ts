import { z } from 'zod';
import type { Exporter, ExporterFactory, Settings } from '../pipeline/component.ts';
import type { UnitOfWork } from '../pipeline/unit-of-work.ts';
import type { Batch } from '../record/batch.ts';
import { count } from '../store/counter.ts';

const schema = z.strictObject({});

/** `nop`: takes everything and does nothing with it. Records are counted, and delivered with the batch that made them. */
export const nop: ExporterFactory<z.infer<typeof schema>> = {
  type: 'nop',
  schema,
  create: async (settings) => new NopExporter(settings),
};

class NopExporter implements Exporter {
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  async start(): Promise<void> {}

  async consume(batch: Batch, work: UnitOfWork): Promise<void> {
    count(work.state, this.#settings.id, 'records', batch.size);
    count(work.state, this.#settings.id, 'delivered', batch.size);
  }

  waiting(): number {
    return 0;
  }

  async drained(): Promise<void> {}

  async shutdown(): Promise<void> {}
}
