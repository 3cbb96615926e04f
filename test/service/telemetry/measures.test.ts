import { expect, test } from 'vitest';
import type { Measurement } from '../../../src/otlp/metric-data.ts';
import { dropLetters, deadLetters, retryLetters } from '../../../src/pipeline/outbox/dead-letters.ts';
import { encodeDeadLetter } from '../../../src/pipeline/outbox/dead-letter.ts';
import { encodeRecord } from '../../../src/record/codec.ts';
import { logRecord, noResource } from '../../../src/record/record.ts';
import { fromMillis } from '../../../src/record/time.ts';
import { report } from '../../../src/service/counts.ts';
import type { Status } from '../../../src/service/status.ts';
import { measureFiles } from '../../../src/service/telemetry/measure-files.ts';
import { measureFlow } from '../../../src/service/telemetry/measure-flow.ts';
import { measureProcessors } from '../../../src/service/telemetry/measure-processors.ts';
import { measured } from '../../../src/service/telemetry/measured.ts';
import { count } from '../../../src/store/counter.ts';
import { MemoryStore } from '../../../src/store/memory.ts';
import { assert } from '../../../src/util/assert.ts';

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
  receivers: { file_log: { lines: 100, oversize: 3, bytes: 5_000 }, otlp: { lines: 8, bytes: 900 } },
  processors: {
    'logs:detection': {
      lines: { evaluated: 90, malformed: 7, passed: 2, handed_on: 6 },
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
  exporters: {
    otlp_http: { records: 20, delivered: 9, queued: 5, dead: 2, dropped: 1, suppressed: 3, retried: 4 },
  },
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
    receivers: new Map([
      ['file_log', { kind: 'tail' as const }],
      ['otlp', { kind: 'listen' as const }],
    ]),
    exporters: new Map([['otlp_http', exporter]]),
  };
  expect(shown(measureFlow(status, graph))).toEqual([
    'otelcol_receiver_accepted_log_records file_log file 97',
    'otelcol_receiver_refused_log_records file_log file 3',
    'riskpipe_receiver_read_bytes file_log 5000',
    'otelcol_receiver_accepted_log_records otlp 8',
    'otelcol_receiver_refused_log_records otlp 0',
    'riskpipe_receiver_read_bytes otlp 900',
    'otelcol_exporter_sent_log_records otlp_http 9',
    'otelcol_exporter_send_failed_log_records otlp_http 7',
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

test('the count of refused records stays as it is when they are sent again or dropped', async () => {
  const store = new MemoryStore();
  const work = store.begin();
  const record = encodeRecord(logRecord({ observedTime: 1n, resource: noResource }));
  for (let number = 1; number <= 3; number++) {
    work.enqueue('dead/otlp_http', encodeDeadLetter({ reason: '400', status: 400, at: now, record }));
    count(work, 'otlp_http', 'dead');
  }
  await work.commit();
  const parts = { receivers: new Map(), processors: new Map(), exporters: new Map([['otlp_http', {}]]) };
  const refused = (): number | undefined =>
    measureFlow({ ...status, ...report(parts, store) }, parts).find(
      ({ name }) => name === 'otelcol_exporter_send_failed_log_records',
    )?.value;
  expect(refused()).toBe(3);
  for await (const [first, second] of deadLetters(store, 'otlp_http')) {
    assert(first && second, 'three letters');
    await retryLetters(store, [first]);
    expect(refused()).toBe(3);
    await dropLetters(store, [second]);
  }
  expect([refused(), store.length('dead/otlp_http')]).toEqual([3, 1]);
});

test('each detection and each entry of an allowlist is told, and how far event time has got', async () => {
  const store = new MemoryStore();
  const transaction = store.begin();
  transaction.put('detect/logs:detection/clock', 'watermark', (now - fromMillis(2_500)).toString());
  await transaction.commit();
  expect(shown(measureProcessors(status, store, now))).toEqual([
    'otelcol_processor_incoming_items logs:detection logs 99',
    'otelcol_processor_outgoing_items logs:detection logs 6',
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

test('a label is bounded, keeps its end, and moves no cursor', () => {
  const { labels } = measured('riskpipe_file_lag_bytes', 1, {
    file: `${'/x'.repeat(2_000)}/\u001b[2Jaudit.log`,
  });
  expect(labels['file']).toHaveLength(256);
  expect(labels['file']).toMatch(/^….*\/\\u\{1b\}\[2Jaudit\.log$/);
});
