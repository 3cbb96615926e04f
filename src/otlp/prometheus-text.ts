import { DataPointType, type MetricData } from '@opentelemetry/sdk-metrics';
import type { Collected } from './metric-data.ts';

/** What `prometheusText` is, for a header. */
export const prometheusType = 'text/plain; version=0.0.4; charset=utf-8';

/**
 * Metrics in Prometheus' text format 0.0.4. Names are as they are, without a suffix for unit or kind, which is the
 * Collector's default (spec/collector.md §5.1) and what the serializer of @opentelemetry/exporter-prometheus cannot do.
 */
export function prometheusText({ resource, scopeMetrics }: Collected): string {
  const target = [
    '# HELP target_info what the metrics are of',
    '# TYPE target_info gauge',
    `target_info${labelText(resource.attributes)} 1`,
  ];
  const metrics = scopeMetrics.flatMap((scope) => scope.metrics.flatMap(linesOf));
  return `${[...target, ...metrics].join('\n')}\n`;
}

/** We make neither histograms nor summaries. */
function linesOf(metric: MetricData): readonly string[] {
  if (metric.dataPointType !== DataPointType.SUM && metric.dataPointType !== DataPointType.GAUGE) return [];
  const { name, description } = metric.descriptor;
  const kind = metric.dataPointType === DataPointType.SUM ? 'counter' : 'gauge';
  return [
    `# HELP ${name} ${description.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`,
    `# TYPE ${name} ${kind}`,
    ...metric.dataPoints.map(
      ({ attributes, value }) => `${name}${labelText(attributes)} ${numberText(value)}`,
    ),
  ];
}

function labelText(labels: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) => `${name.replace(/\W/g, '_')}="${escaped(String(value))}"`,
  );
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

const escaped = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? '+Inf' : '-Inf';
}
