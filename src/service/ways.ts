import type { Logger } from '../pipeline/logger.ts';
import type { Config, PipelineConfig } from './config/config.ts';

/** Logs the way of records through each pipeline: `logs: file_log → detection → otlp_http`. */
export function sayWays({ pipelines }: Pick<Config, 'pipelines'>, log: Logger): void {
  for (const [id, pipeline] of pipelines) log.info(`${id}: ${wayOf(pipeline)}`);
}

function wayOf({ receivers, processors, exporters }: PipelineConfig): string {
  return [receivers, ...processors.map((id) => [id]), exporters].map((ids) => ids.join(', ')).join(' → ');
}
