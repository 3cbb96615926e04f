import type { Instrument } from '../../otlp/metric-data.ts';

/** From which `service.telemetry.metrics.level` on a metric is told. */
export type MetricLevel = 'basic' | 'normal' | 'detailed';

/** All that is known of one metric but its values. */
export interface Metric extends Omit<Instrument, 'name'> {
  readonly level: MetricLevel;
  readonly labels: readonly string[];
}

/** A metric with the Collector's name is what a Collector means by it (spec/collector.md §5.2). */
const catalog = {
  otelcol_receiver_accepted_log_records: {
    kind: 'counter',
    unit: '{record}',
    level: 'basic',
    labels: ['receiver', 'transport'],
    description: 'lines that were read and handed on; transport is told only of files, as "file"',
  },
  otelcol_receiver_refused_log_records: {
    kind: 'counter',
    unit: '{record}',
    level: 'basic',
    labels: ['receiver', 'transport'],
    description: 'lines that were longer than max_log_size, and skipped',
  },
  otelcol_processor_incoming_items: {
    kind: 'counter',
    unit: '{item}',
    level: 'basic',
    labels: ['processor', 'otel_signal'],
    description: 'lines that came in, and records of riskpipe itself that only pass',
  },
  otelcol_processor_outgoing_items: {
    kind: 'counter',
    unit: '{item}',
    level: 'basic',
    labels: ['processor', 'otel_signal'],
    description: 'records that went out: risk events, incidents, findings, notices, and what only passes',
  },
  otelcol_exporter_sent_log_records: {
    kind: 'counter',
    unit: '{record}',
    level: 'basic',
    labels: ['exporter'],
    description: 'records that the backend has acknowledged',
  },
  otelcol_exporter_send_failed_log_records: {
    kind: 'counter',
    unit: '{record}',
    level: 'basic',
    labels: ['exporter'],
    description: 'records that the backend has refused for good, each as often as it has',
  },
  otelcol_exporter_enqueue_failed_log_records: {
    kind: 'counter',
    unit: '{record}',
    level: 'basic',
    labels: ['exporter'],
    description: 'records of low severity that were counted only, for want of room in the queue',
  },
  otelcol_exporter_queue_size: {
    kind: 'gauge',
    unit: '{record}',
    level: 'basic',
    labels: ['exporter', 'data_type'],
    description: 'records that wait for the backend',
  },
  otelcol_exporter_queue_capacity: {
    kind: 'gauge',
    unit: '{record}',
    level: 'basic',
    labels: ['exporter', 'data_type'],
    description: 'records that may wait; not told of a queue that is bounded by bytes alone',
  },
  otelcol_process_uptime: {
    kind: 'counter',
    unit: 's',
    level: 'basic',
    labels: [],
    description: 'seconds since the process began',
  },
  otelcol_process_cpu_seconds: {
    kind: 'counter',
    unit: 's',
    level: 'basic',
    labels: [],
    description: 'processor time of user and system, in seconds',
  },
  otelcol_process_memory_rss: {
    kind: 'gauge',
    unit: 'By',
    level: 'basic',
    labels: [],
    description: 'physical memory of the process, in bytes',
  },
  otelcol_process_runtime_heap_alloc_bytes: {
    kind: 'gauge',
    unit: 'By',
    level: 'basic',
    labels: [],
    description: 'bytes of objects on the JavaScript heap',
  },
  otelcol_process_runtime_total_sys_memory_bytes: {
    kind: 'gauge',
    unit: 'By',
    level: 'basic',
    labels: [],
    description: 'bytes of the JavaScript heap and of buffers beside it',
  },
  riskpipe_healthy: {
    kind: 'gauge',
    unit: '1',
    level: 'basic',
    labels: [],
    description: '1 while it reads and delivers, else 0',
  },
  riskpipe_component_trouble: {
    kind: 'gauge',
    unit: '1',
    level: 'basic',
    labels: ['component'],
    description: '1 for each component that cannot do its work now: an exporter that is parked, say',
  },
  riskpipe_accounts_hold: {
    kind: 'gauge',
    unit: '1',
    level: 'basic',
    labels: [],
    description: '1 while all sums of counters come out even; 0 is a bug of riskpipe',
  },
  riskpipe_receiver_read_bytes: {
    kind: 'counter',
    unit: 'By',
    level: 'basic',
    labels: ['receiver'],
    description: 'bytes that were read',
  },
  riskpipe_receiver_files: {
    kind: 'gauge',
    unit: '{file}',
    level: 'basic',
    labels: ['receiver'],
    description: 'files that are followed',
  },
  riskpipe_receiver_lag_bytes: {
    kind: 'gauge',
    unit: 'By',
    level: 'basic',
    labels: ['receiver'],
    description: 'bytes that are there and not yet committed, of all files together',
  },
  riskpipe_receiver_lag_seconds: {
    kind: 'gauge',
    unit: 's',
    level: 'basic',
    labels: ['receiver'],
    description: 'the most that one of its files lags behind, in seconds',
  },
  riskpipe_file_lag_bytes: {
    kind: 'gauge',
    unit: 'By',
    level: 'normal',
    labels: ['receiver', 'file'],
    description:
      'bytes that are there and not yet committed: of the 10 files that lag most, at level detailed of 100',
  },
  riskpipe_file_lag_seconds: {
    kind: 'gauge',
    unit: 's',
    level: 'normal',
    labels: ['receiver', 'file'],
    description: 'age of the last event that was read while there is more to read, else 0: of the same files',
  },
  riskpipe_processor_lines: {
    kind: 'counter',
    unit: '{line}',
    level: 'basic',
    labels: ['processor', 'result'],
    description: 'lines by what became of them: evaluated or malformed',
  },
  riskpipe_processor_watermark_lag_seconds: {
    kind: 'gauge',
    unit: 's',
    level: 'basic',
    labels: ['processor'],
    description: 'how far event time is behind the clock, in seconds; not told before the first event',
  },
  riskpipe_detection_evaluated_lines: {
    kind: 'counter',
    unit: '{line}',
    level: 'normal',
    labels: ['processor', 'detection'],
    description: 'lines that the detection was asked about',
  },
  riskpipe_detection_lines: {
    kind: 'counter',
    unit: '{line}',
    level: 'normal',
    labels: ['processor', 'detection', 'result'],
    description: 'what became of those lines: unmatched, allowed or counted; these add up to evaluated',
  },
  riskpipe_detection_late_lines: {
    kind: 'counter',
    unit: '{line}',
    level: 'normal',
    labels: ['processor', 'detection'],
    description: 'lines that came after their window had closed',
  },
  riskpipe_detection_findings: {
    kind: 'counter',
    unit: '{finding}',
    level: 'normal',
    labels: ['processor', 'detection', 'result'],
    description: 'findings by what became of them: emitted or suppressed',
  },
  riskpipe_allowlist_allowed_lines: {
    kind: 'counter',
    unit: '{line}',
    level: 'normal',
    labels: ['processor', 'allowlist', 'entry'],
    description: 'lines that an entry of an allowlist let pass; entries count from 0',
  },
  riskpipe_incident_findings: {
    kind: 'counter',
    unit: '{finding}',
    level: 'normal',
    labels: ['processor', 'rule', 'result'],
    description: 'risk incidents by what became of them: emitted or suppressed',
  },
  riskpipe_exporter_oldest_record_age_seconds: {
    kind: 'gauge',
    unit: 's',
    level: 'basic',
    labels: ['exporter'],
    description: 'how long the oldest record has waited for the backend; 0 if none waits',
  },
  riskpipe_exporter_dead_letters: {
    kind: 'gauge',
    unit: '{record}',
    level: 'basic',
    labels: ['exporter'],
    description: 'refused records that are kept until somebody deals with them (riskpipe dead)',
  },
  riskpipe_store_bytes: {
    kind: 'gauge',
    unit: 'By',
    level: 'basic',
    labels: [],
    description: 'what the files of the store take; not told of one in memory',
  },
  riskpipe_store_limit_bytes: {
    kind: 'gauge',
    unit: 'By',
    level: 'basic',
    labels: [],
    description: 'what they may take (max_size) before reading waits',
  },
  riskpipe_event_loop_delay_seconds: {
    kind: 'gauge',
    unit: 's',
    level: 'normal',
    labels: ['quantile'],
    description:
      'how late timers were since the last reading, or in the two seconds before it; quantile 1 is the latest',
  },
} as const satisfies Readonly<Record<string, Metric>>;

export type MetricName = keyof typeof catalog;

/** Every metric by its name: what docs/metrics.md lists. */
export const metrics: Readonly<Record<string, Metric>> = catalog;

const order: readonly MetricLevel[] = ['basic', 'normal', 'detailed'];

/** What is told at `level`. */
export function instrumentsAt(level: MetricLevel): readonly Instrument[] {
  return Object.entries(metrics).flatMap(([name, { level: from, kind, unit, description }]) =>
    order.indexOf(from) <= order.indexOf(level) ? [{ name, kind, unit, description }] : [],
  );
}
