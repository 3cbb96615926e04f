import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Measurement } from '../../../src/otlp/metric-data.ts';
import { formatTime, fromMillis } from '../../../src/record/time.ts';
import { fileLags } from '../../../src/service/file-lag.ts';
import type { Status } from '../../../src/service/status.ts';
import { measureFiles } from '../../../src/service/telemetry/measure-files.ts';
import { measureFlow } from '../../../src/service/telemetry/measure-flow.ts';
import { measureProcessors } from '../../../src/service/telemetry/measure-processors.ts';
import { measured } from '../../../src/service/telemetry/measured.ts';
import { MemoryStore } from '../../../src/store/memory.ts';

const now = fromMillis(1_775_995_200_000);

const status: Status = {
  state: 'running',
  at: '2026-04-12T12:00:00Z',
  version: '1.2.3',
  process: {
    pid: 77,
    health: {
      status: 'unhealthy',
      since: '2026-04-12T11:00:00Z',
      reasons: [{ component: 'otlp_http', problem: 'parked: 401', since: '2026-04-12T11:00:00Z' }],
    },
  },
  receivers: { file_log: { lines: 100, oversize: 3, bytes: 5_000 } },
  processors: {
    'logs:detection': {
      lines: { evaluated: 90, malformed: 7 },
      detections: {
        d: {
          evaluated: 90,
          unmatched: 80,
          allowed: 4,
          counted: 6,
          late: 1,
          findings: 5,
          emitted: 3,
          suppressed: 2,
        },
      },
      allowlists: { images: { '[0]': 4 } },
      incidents: { risk: { emitted: 1, suppressed: 0 } },
    },
  },
  exporters: { otlp_http: { records: 20, delivered: 9, queued: 5, dead: 2, dropped: 1, suppressed: 3 } },
  files: {},
  oldest: { otlp_http: { observed: '2026-04-12T11:58:30Z', ageSeconds: 90 } },
  equations: [],
  holds: true,
};

/** As Prometheus would show them. */
const shown = (measurements: readonly Measurement[]): readonly string[] =>
  measurements.map(({ name, value, labels }) =>
    `${name} ${Object.values(labels).join(' ')} ${value}`.replace('  ', ' '),
  );

test('receivers, exporters and health are told as they are counted', () => {
  const exporter = { capacity: 1_000 };
  const graph = {
    receivers: new Map([['file_log', { kind: 'tail' as const }]]),
    exporters: new Map([['otlp_http', exporter]]),
  };
  expect(shown(measureFlow(status, graph))).toEqual([
    'otelcol_receiver_accepted_log_records file_log file 97',
    'otelcol_receiver_refused_log_records file_log file 3',
    'riskpipe_receiver_read_bytes file_log 5000',
    'otelcol_exporter_sent_log_records otlp_http 9',
    'otelcol_exporter_send_failed_log_records otlp_http 3',
    'otelcol_exporter_enqueue_failed_log_records otlp_http 3',
    'otelcol_exporter_queue_size otlp_http logs 5',
    'otelcol_exporter_queue_capacity otlp_http logs 1000',
    'riskpipe_exporter_oldest_record_age_seconds otlp_http 90',
    'riskpipe_exporter_dead_letters otlp_http 2',
    'riskpipe_accounts_hold 1',
    'riskpipe_healthy 0',
    'riskpipe_component_trouble otlp_http 1',
  ]);
});

test('each detection and each entry of an allowlist is told, and how far event time has got', async () => {
  const store = new MemoryStore();
  const transaction = store.begin();
  transaction.put('detect/logs:detection/clock', 'watermark', (now - fromMillis(2_500)).toString());
  await transaction.commit();
  expect(shown(measureProcessors(status, store, now))).toEqual([
    'riskpipe_processor_lines logs:detection evaluated 90',
    'riskpipe_processor_lines logs:detection malformed 7',
    'riskpipe_allowlist_allowed_lines logs:detection images 0 4',
    'riskpipe_detection_evaluated_lines logs:detection d 90',
    'riskpipe_detection_late_lines logs:detection d 1',
    'riskpipe_detection_lines logs:detection d unmatched 80',
    'riskpipe_detection_lines logs:detection d allowed 4',
    'riskpipe_detection_lines logs:detection d counted 6',
    'riskpipe_detection_findings logs:detection d emitted 3',
    'riskpipe_detection_findings logs:detection d suppressed 2',
    'riskpipe_incident_findings logs:detection risk emitted 1',
    'riskpipe_incident_findings logs:detection risk suppressed 0',
    'riskpipe_processor_watermark_lag_seconds logs:detection 2.5',
  ]);
});

test('before the first event there is no lag of event time', () => {
  const all = measureProcessors(status, new MemoryStore(), now);
  expect(all.map(({ name }) => name)).not.toContain('riskpipe_processor_watermark_lag_seconds');
});

test('of many files those that are furthest behind are told one by one, and all of them together', () => {
  const files = Array.from({ length: 1_000 }, (_, index) => ({
    path: `/logs/${index}.log`,
    state: 'plain' as const,
    offset: 0,
    lag: index === 500 ? null : index,
    lagSeconds: index === 500 ? null : index / 10,
  }));
  expect(shown(measureFiles({ files: { file_log: files } }, 2))).toEqual([
    'riskpipe_receiver_files file_log 1000',
    'riskpipe_receiver_lag_bytes file_log 499000',
    'riskpipe_receiver_lag_seconds file_log 99.9',
    'riskpipe_file_lag_bytes file_log /logs/999.log 999',
    'riskpipe_file_lag_seconds file_log /logs/999.log 99.9',
    'riskpipe_file_lag_bytes file_log /logs/998.log 998',
    'riskpipe_file_lag_seconds file_log /logs/998.log 99.8',
  ]);
});

test('a file lags as long as its last event is old, while there is more to read', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'riskpipe-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const store = new MemoryStore();
  const transaction = store.begin();
  const eventTime = formatTime(now - fromMillis(30_000));
  for (const [name, offset, time] of [
    ['behind', 4, eventTime],
    ['done', 10, eventTime],
    ['timeless', 4, null],
    ['strange', 4, 'yesterday'],
    ['gone', 4, eventTime],
  ] as const) {
    const path = join(directory, name);
    writeFileSync(path, '0123456789');
    const { dev, ino } = statSync(path);
    const inode = name === 'gone' ? '0:0' : `${dev}:${ino}`;
    transaction.put('position/file_log', name, { path, inode, offset, unseen: false, eventTime: time });
  }
  await transaction.commit();
  const lags = await fileLags(store, 'file_log', now);
  expect(
    lags.map(({ path, lag, lagSeconds }) => [path.slice(directory.length + 1), lag, lagSeconds]),
  ).toEqual([
    ['behind', 6, 30],
    ['done', 0, 0],
    ['gone', null, null],
    ['strange', 6, null],
    ['timeless', 6, null],
  ]);
});

test('a label is bounded, keeps its end, and moves no cursor', () => {
  const { labels } = measured('riskpipe_file_lag_bytes', 1, {
    file: `${'/x'.repeat(2_000)}/\u001b[2Jaudit.log`,
  });
  expect(labels['file']).toHaveLength(256);
  expect(labels['file']).toMatch(/^….*\/\\u\{1b\}\[2Jaudit\.log$/);
});
