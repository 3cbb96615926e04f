import { unreachable } from '../../../src/util/assert.ts';
import type { FieldDetection, FieldTest } from './field-detection.ts';

/** What the environment tells a Collector that runs such a configuration. */
export const collectorVariables = { file: 'BENCH_FILE', out: 'BENCH_OUT', metricsPort: 'BENCH_METRICS_PORT' };

/**
 * The same detections for an OpenTelemetry Collector: each line parsed, marked with every detection that it passes,
 * written if it has a mark. Grouped by verb, so that most detections are not looked at for most lines: the fastest
 * layout that was found.
 */
export function collectorConfig(detections: readonly FieldDetection[]): object {
  const { file, out, metricsPort } = collectorVariables;
  return {
    receivers: {
      file_log: {
        include: [`\${env:${file}}`],
        start_at: 'beginning',
        encoding: 'utf-8-raw',
        include_file_name: false,
        poll_interval: '20ms',
        initial_buffer_size: '256KiB',
        max_log_size: '4MiB',
      },
    },
    processors: {
      transform: { error_mode: 'ignore', log_statements: [parsing, ...groups(detections)] },
      filter: { error_mode: 'ignore', log_conditions: ['Len(log.attributes) == 0'] },
    },
    exporters: { file: { path: `\${env:${out}}` } },
    service: {
      telemetry: { logs: { level: 'error' }, metrics: metricsOn(`\${env:${metricsPort}}`) },
      pipelines: {
        logs: { receivers: ['file_log'], processors: ['transform', 'filter'], exporters: ['file'] },
      },
    },
  };
}

const parsing = { context: 'log', statements: ['set(log.body, ParseJSON(log.body))'] };

const metricsOn = (port: string): object => ({
  level: 'basic',
  readers: [{ pull: { exporter: { prometheus: { host: '127.0.0.1', port, without_type_suffix: true } } } }],
});

/** A group for each verb, and one for the detections that do not look at it. */
function groups(detections: readonly FieldDetection[]): readonly object[] {
  const byVerb = new Map<string, string[]>();
  for (const { id, tests } of detections) {
    const verb = tests.find(({ field }) => field === 'verb');
    const rest = tests.filter((test) => test !== verb).map(condition);
    const key = verb === undefined ? '' : condition(verb);
    const statement = `set(log.attributes["${id}"], true) where ${rest.join(' and ')}`;
    byVerb.set(key, [...(byVerb.get(key) ?? []), statement]);
  }
  return Array.from(byVerb, ([verb, statements]) => ({
    context: 'log',
    ...(verb === '' ? {} : { conditions: [verb] }),
    statements,
  }));
}

/** A test in the Collector's transformation language. */
function condition({ field, test, value }: FieldTest): string {
  const path = `log.body${field
    .split('.')
    .map((key) => `["${key}"]`)
    .join('')}`;
  const text = JSON.stringify(value);
  switch (test) {
    case 'equals':
      return `${path} == ${text}`;
    case 'starts_with':
      return `HasPrefix(${path}, ${text})`;
    case 'not_starts_with':
      return `not HasPrefix(${path}, ${text})`;
    case 'contains':
      return `IsMatch(${path}, ${JSON.stringify(literalPattern(String(value)))})`;
    case 'at_least':
      return `${path} >= ${text}`;
    default:
      return unreachable(test);
  }
}

const literalPattern = (text: string): string => text.replace(/[\\^$.|?*+()[\]{}]/g, String.raw`\$&`);
