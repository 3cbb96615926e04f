import { TlsFiles } from '../net/tls-files.ts';
import type { ExporterFactory } from '../pipeline/component.ts';
import { OutboxExporter } from '../pipeline/outbox.ts';
import { configuredOptions } from '../pipeline/outbox/configured-options.ts';
import { schema, type Config } from './otlp-http/config.ts';
import { HttpDestination } from './otlp-http/http-destination.ts';

/** `otlp_http`: ships records to an OTLP backend from the outbox, in order, one request at a time (design §3). */
export const otlpHttp: ExporterFactory<Config> = {
  type: 'otlp_http',
  schema,
  create: async (settings, config) => {
    const tls = await TlsFiles.read(config.tls, settings.directory);
    return new OutboxExporter(
      settings,
      configuredOptions(config),
      new HttpDestination(settings, config, tls),
    );
  },
};
