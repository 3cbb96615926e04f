import { TlsFiles } from '../net/tls-files.ts';
import type { ExporterFactory } from '../pipeline/component.ts';
import { OutboxExporter } from '../pipeline/outbox.ts';
import { configuredOptions } from '../pipeline/outbox/configured-options.ts';
import { schema, type Config } from './otlp-grpc/config.ts';
import { GrpcDestination } from './otlp-grpc/grpc-destination.ts';

/** `otlp_grpc`: ships records to an OTLP backend over gRPC, from the outbox, in order, one call at a time (design §3). */
export const otlpGrpc: ExporterFactory<Config> = {
  type: 'otlp_grpc',
  schema,
  create: async (settings, config) => {
    const tls = await TlsFiles.read(config.tls, settings.directory);
    return new OutboxExporter(
      settings,
      configuredOptions(config),
      new GrpcDestination(settings, config, tls),
    );
  },
};
