import { describe, expect, test } from 'vitest';
import { foreignComponents, foreignOptions } from '../../../src/service/config/foreign-table.ts';
import { loadText, problemsOf, valid } from './load-text.ts';

const withFileLog = (line: string): string => valid.replace('    start_at: beginning', `    ${line}`);

describe('parts of the Collector that make no difference are left out, with a warning', () => {
  for (const [name, text, warning] of [
    [
      'option',
      withFileLog('fingerprint_size: 1kb'),
      'c.yaml:4:5 warning: receivers.file_log.fingerprint_size: not needed here and left out: files are told apart by inode and content',
    ],
    [
      'option inside',
      valid.replace('{storage:', '{block_on_overflow: true, storage:'),
      'c.yaml:12:21 warning: exporters.otlp_http.sending_queue.block_on_overflow: not needed here and left out: receivers always wait while the queue is full',
    ],
    [
      'harmless value',
      withFileLog('encoding: utf-8'),
      'c.yaml:4:5 warning: receivers.file_log.encoding: not needed here and left out: it is like this anyway',
    ],
    [
      'empty value',
      withFileLog('multiline:'),
      'c.yaml:4:5 warning: receivers.file_log.multiline: not needed here and left out: it is like this anyway',
    ],
    [
      'option of an operator',
      withFileLog('operators: [{id: container-parser, type: container, format: crio, max_log_size: 102400}]'),
      'c.yaml:4:71 warning: receivers.file_log.operators[0].max_log_size: not needed here and left out: "max_log_size" of the receiver is for lines that are put together, too',
    ],
    [
      'telemetry',
      valid.replace('service:\n', 'service:\n  telemetry: {metrics: {views: []}}\n'),
      'c.yaml:16:25 warning: service.telemetry.metrics.views: not needed here and left out: "level" says how much is told',
    ],
  ] as const) {
    test(name, async () => {
      expect(await problemsOf(text)).toEqual([warning]);
      const key = /\.(\w+): not needed/.exec(warning)?.[1] ?? '';
      expect(JSON.stringify((await loadText(text)).receivers.get('file_log')?.raw)).not.toContain(key);
    });
  }

  test('a processor, from its pipelines', async () => {
    const text = valid
      .replace('processors:\n', 'processors:\n  batch/x: {timeout: 1s}\n')
      .replace('[detection]', '[batch/x, detection]');
    const config = await loadText(text);
    expect(config.pipelines.get('logs')?.processors).toEqual(['detection']);
    expect(config.warnings).toMatchObject([
      { line: 6, column: 3, message: expect.stringContaining('exporters batch by themselves') },
    ]);
  });

  test('an extension, used or not', async () => {
    const text = valid.replace(
      'extensions:\n',
      'extensions:\n  memory_ballast:\n  memory_limiter: {check_interval: 1s}\n',
    );
    const config = await loadText(text.replace('[file_storage]', '[memory_limiter, file_storage]'));
    expect([...config.extensions.keys()]).toEqual(['file_storage']);
    expect(config.warnings.map(({ path }) => path)).toEqual([
      'extensions.memory_ballast',
      'extensions.memory_limiter',
    ]);
  });
});

describe('parts of the Collector that would change results are refused, with what to write instead', () => {
  for (const [line, problem] of [
    [
      'operators: [{type: json_parser, parse_from: body}]',
      'c.yaml:4:24 receivers.file_log.operators[0].type: not supported, and results would differ without it: a line is one audit event as JSON, which "container" or "envelope" may unwrap; conditions are written in detections',
    ],
    [
      'operators: [{type: container, on_error: drop}]',
      'c.yaml:4:35 receivers.file_log.operators[0].on_error: not supported, and results would differ without it: a line of another format is handed on as it is',
    ],
    [
      'multiline: {line_start_pattern: x}',
      'c.yaml:4:5 receivers.file_log.multiline: not supported, and results would differ without it: a line is one audit event; write one JSON object a line',
    ],
    [
      'delete_after_read: true',
      'c.yaml:4:5 receivers.file_log.delete_after_read: not supported, and results would differ without it: files are never deleted; let the API server rotate them',
    ],
    [
      'compression: gzip',
      'c.yaml:4:5 receivers.file_log.compression: not supported, and results would differ without it: files are unpacked whose names end in ".gz"; name archives so',
    ],
    [
      'encoding: big5',
      'c.yaml:4:5 receivers.file_log.encoding: not supported, and results would differ without it: files are read as UTF-8; convert them first',
    ],
  ] as const) {
    test(line, async () => expect(await problemsOf(withFileLog(line))).toEqual([problem]));
  }

  test('components', async () => {
    const text = valid
      .replace('processors:\n', 'processors:\n  filter: {}\n')
      .replace('[detection]', '[filter, detection]');
    expect(await problemsOf(text)).toEqual([
      'c.yaml:6:3 processors.filter: not supported, and results would differ without it: write it as a detection or an allowlist of the "detection" processor',
    ]);
  });

  test('receivers of clouds and their encodings', async () => {
    const text = valid
      .replace('receivers:\n', 'receivers:\n  awsfirehose: {}\n')
      .replace('extensions:\n', 'extensions:\n  aws_logs_encoding: {}\n');
    expect(await problemsOf(text)).toEqual([
      expect.stringContaining(
        'receivers.awsfirehose: not supported, and results would differ without it: write "http"',
      ),
      expect.stringContaining('extensions.aws_logs_encoding: not supported'),
    ]);
  });

  test('together with every other mistake', async () => {
    const text = withFileLog('multiline: {}').replace('Bearer hunter2', '[1]');
    expect(await problemsOf(text)).toHaveLength(2);
  });
});

test('every advice in the tables is one short sentence in the style of messages', () => {
  const tables = [...Object.values(foreignComponents), ...Object.values(foreignOptions)];
  const advices = tables.flatMap((table) => Object.values(table).map(({ advice }) => advice));
  expect(advices.length).toBeGreaterThan(80);
  for (const advice of advices) expect(advice).toMatch(/^["a-zA-Z].{10,90}[^.]$/);
});
