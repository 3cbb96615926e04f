import type { ExporterFactory } from '../pipeline/component.ts';
import { OutboxExporter } from '../pipeline/outbox.ts';
import { schema, type Config } from './otlp-http/config.ts';
import { HttpDestination } from './otlp-http/http-destination.ts';
import { quotaOf } from './otlp-http/queue-config.ts';
import { TlsFiles } from './otlp-http/tls-files.ts';

/** `otlp_http`: ships records to an OTLP backend from the outbox, in order, one request at a time (design §3). */
export const otlpHttp: ExporterFactory<Config> = {
  type: 'otlp_http',
  schema,
  create: async (settings, config) => {
    const { batch } = config.sending_queue;
    const { initial_interval, multiplier, randomization_factor, max_interval, probe_interval } =
      config.retry_on_failure;
    return new OutboxExporter(
      settings,
      {
        maxRecords: batch.max_size,
        maxBytes: batch.max_bytes,
        minRecords: batch.min_size ?? batch.max_size,
        flushMs: batch.flush_timeout,
        quota: quotaOf(config.sending_queue),
        probeMs: probe_interval,
        retry: {
          initialMs: initial_interval,
          multiplier,
          randomization: randomization_factor,
          maxMs: max_interval,
        },
      },
      new HttpDestination(settings, config, await TlsFiles.read(config.tls, settings.directory)),
    );
  },
};
