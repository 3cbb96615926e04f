import { TlsFiles } from '../net/tls-files.ts';
import type { ExporterFactory } from '../pipeline/component.ts';
import { OutboxExporter } from '../pipeline/outbox.ts';
import { configuredOptions } from '../pipeline/outbox/configured-options.ts';
import { schema, type Config } from './splunk-hec/config.ts';
import { HecDestination } from './splunk-hec/hec-destination.ts';
import { HecToken } from './splunk-hec/hec-token.ts';

/** `splunk_hec`: ships records to Splunk's HTTP Event Collector from the outbox, risk events as Splunk ES names them. */
export const splunkHec: ExporterFactory<Config> = {
  type: 'splunk_hec',
  schema,
  create: async (settings, config) => {
    const tls = await TlsFiles.read(config.tls, settings.directory);
    const token = await HecToken.read(config, settings.directory);
    return new OutboxExporter(
      settings,
      configuredOptions(config),
      new HecDestination(settings, config, { tls, token }),
    );
  },
};
