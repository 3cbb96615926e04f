import { describe, expect, test } from 'vitest';
import { problemsOf, valid } from './load-text.ts';

/** What is said when `from` in the valid configuration is `to`. */
async function changed(from: string, to: string): Promise<string[]> {
  expect(valid).toContain(from);
  return problemsOf(valid.replace(from, to));
}

describe('every mistake has its place and its remedy', () => {
  for (const [name, from, to, problem] of [
    [
      'unknown section',
      'receivers:\n',
      'recievers: {}\nreceivers:\n',
      'c.yaml:1:1 recievers: unknown key. Did you mean "receivers"?',
    ],
    [
      'connectors',
      'receivers:\n',
      'connectors: {forward: }\nreceivers:\n',
      'c.yaml:1:1 connectors: connectors are not supported; let several pipelines name the same receiver instead',
    ],
    [
      'section of the wrong type',
      'extensions:\n  file_storage: {directory: /var/lib/riskpipe}',
      'extensions: [file_storage]',
      'c.yaml:13:13 extensions: is not a map; write the id of each extension as a key',
    ],
    [
      'unknown key',
      'start_at',
      'strat_at',
      'c.yaml:4:5 receivers.file_log.strat_at: unknown key. Did you mean "start_at"?',
    ],
    [
      'unknown key inside',
      'storage: file',
      'sotrage: file',
      'c.yaml:12:21 exporters.otlp_http.sending_queue.sotrage: unknown key. Did you mean "storage"?',
    ],
    [
      'storage that is not started',
      'storage: file_storage',
      'storage: file_store',
      'c.yaml:12:30 exporters.otlp_http.sending_queue.storage: service.extensions starts no store "file_store". Did you mean "file_storage"?',
    ],
    [
      'duplicate key',
      'start_at: beginning',
      'start_at: beginning\n    start_at: end',
      'c.yaml:5:5 receivers.file_log.start_at: duplicate key: it is in line 4 already',
    ],
    [
      'one of several',
      'beginning',
      'beginnig',
      'c.yaml:4:15 receivers.file_log.start_at: "beginnig" is not one of beginning, end. Did you mean "beginning"?',
    ],
    [
      'wrong type',
      'start_at: beginning',
      'include_file_name: "true"',
      'c.yaml:4:24 receivers.file_log.include_file_name: "true" is not true or false; write it without quotes',
    ],
    [
      'wrong type in a list',
      '[/var/log/audit.log]',
      '[/var/log/audit.log, 5]',
      'c.yaml:3:35 receivers.file_log.include[1]: 5 is not a text; put quotes around it',
    ],
    [
      'wrong type for each alternative',
      '[/var/log/audit.log]',
      '5',
      'c.yaml:3:14 receivers.file_log.include: 5 is not a text or a list; put quotes around it',
    ],
    [
      'number for a text',
      'start_at: beginning',
      'start_at: 5',
      'c.yaml:4:15 receivers.file_log.start_at: 5 is not one of beginning, end',
    ],
    [
      'version without quotes',
      '    headers:',
      '    tls: {min_version: 1.2}\n    headers:',
      'c.yaml:11:24 exporters.otlp_http.tls.min_version: 1.2 is not a text; put quotes around it',
    ],
    [
      'too few',
      '[/var/log/audit.log]',
      '[]',
      'c.yaml:3:14 receivers.file_log.include: a list is too small: at least 1 entries',
    ],
    [
      'too small',
      '{storage: file_storage}',
      '{queue_size: 0}',
      'c.yaml:12:33 exporters.otlp_http.sending_queue.queue_size: 0 is too small: at least 1',
    ],
    [
      'not whole',
      '{storage: file_storage}',
      '{queue_size: 1.5}',
      'c.yaml:12:33 exporters.otlp_http.sending_queue.queue_size: 1.5 is not a whole number',
    ],
    [
      'format',
      'http://127.0.0.1:4318',
      'foo',
      'c.yaml:10:15 exporters.otlp_http.endpoint: "foo" is not a valid url',
    ],
    [
      'duration',
      'start_at: beginning',
      'poll_interval: 5 parsecs',
      'c.yaml:4:20 receivers.file_log.poll_interval: "5 parsecs" is not a duration; write a number and ms, s, m, h or d',
    ],
    [
      'missing',
      '    detections: [detections/*.yaml]',
      '    mode: scheduled',
      'c.yaml:6:3 processors.detection.detections: is required',
    ],
    [
      'component that is no map',
      'file_storage: {directory: /var/lib/riskpipe}',
      'file_storage: /var',
      'c.yaml:14:17 extensions.file_storage: "/var" is not a map',
    ],
    [
      'bad id',
      '  otlp_http:',
      '  nop/:\n  otlp_http:',
      'c.yaml:9:3 exporters.nop/: "nop/" has nothing behind the "/"; write "type" or "type/name"',
    ],
    [
      'unknown type',
      '  otlp_http:',
      '  otlp_htp:\n  otlp_http:',
      'c.yaml:9:3 exporters.otlp_htp: no such exporter. Did you mean "otlp_http"? Known: nop, otlp_http',
    ],
    [
      'unknown type like no other',
      '  otlp_http:',
      '  kafka:\n  otlp_http:',
      'c.yaml:9:3 exporters.kafka: no such exporter. Known: nop, otlp_http',
    ],
    [
      'both spellings',
      '  otlp_http:',
      '  otlp_http: {}\n  "otlp_http ":',
      'c.yaml:10:3 exporters.otlp_http : the same as "otlp_http" in line 9',
    ],
    [
      'use without definition',
      'exporters: [otlp_http]',
      'exporters: [otlp_http, otlp_http/b]',
      'c.yaml:18:83 service.pipelines.logs.exporters[1]: no exporter "otlp_http/b" is defined in "exporters". Did you mean "otlp_http"?',
    ],
    [
      'extension without definition',
      'extensions: [file_storage]',
      'extensions: [file_storage, zpages]',
      'c.yaml:16:30 service.extensions[1]: no extension "zpages" is defined in "extensions"',
    ],
    [
      'bad reference',
      'exporters: [otlp_http]',
      'exporters: [otlp_http, a-b]',
      'c.yaml:18:83 service.pipelines.logs.exporters[1]: "a-b" is no type: letters, digits and "_" only, beginning with a letter',
    ],
    [
      'no receiver',
      'receivers: [file_log], ',
      'receivers: [], ',
      'c.yaml:18:12 service.pipelines.logs.receivers: a pipeline needs at least one receiver',
    ],
    [
      'no exporter',
      ', exporters: [otlp_http]',
      '',
      'c.yaml:18:5 service.pipelines.logs.exporters: a pipeline needs at least one exporter',
    ],
    [
      'processor twice',
      'processors: [detection]',
      'processors: [detection, detection]',
      'c.yaml:18:59 service.pipelines.logs.processors[1]: "detection" stands here twice',
    ],
    [
      'other signal',
      '    logs:',
      '    traces/x: {}\n    logs:',
      'c.yaml:18:5 service.pipelines.traces/x: riskpipe handles logs only; remove this pipeline of traces',
    ],
    [
      'no signal',
      '    logs:',
      '    log: {}\n    logs:',
      'c.yaml:18:5 service.pipelines.log: "log" is no signal; write "logs" or "logs/name". Did you mean "logs"?',
    ],
    [
      'unknown key of a pipeline',
      'processors: [',
      'procesors: [',
      'c.yaml:18:35 service.pipelines.logs.procesors: unknown key. Did you mean "processors"?',
    ],
    [
      'id that is no text',
      'processors: [detection]',
      'processors: [detection, 5]',
      'c.yaml:18:59 service.pipelines.logs.processors[1]: 5 is not a text; put quotes around it',
    ],
    [
      'unknown telemetry',
      'service:\n',
      'service:\n  telemetry: {logs: {levle: info}}\n',
      'c.yaml:16:22 service.telemetry.logs.levle: unknown key. Did you mean "level"?',
    ],
  ] as const) {
    test(name, async () => {
      const problems = await changed(from, to);
      expect(problems).toContain(problem);
      const errors = problems.filter((line) => !line.includes(' warning: '));
      // References and required keys may follow from the mistake; nothing else does.
      const others = errors.filter((line) => line !== problem && !/is required$|is defined in/.test(line));
      expect(others).toEqual([]);
    });
  }

  test('no service', async () => {
    const problems = await problemsOf('receivers:\n  file_log: {include: /x}\n');
    expect(problems).toContain('c.yaml:1:1 service: is required: its pipelines say what runs');
  });

  test('no pipelines', async () => {
    expect(await problemsOf('service:\n  pipelines: {}\n')).toEqual([
      'c.yaml:2:3 service.pipelines: at least one pipeline is needed, such as "logs"',
    ]);
    expect(await problemsOf('service:\n  extensions: []\n')).toEqual([
      'c.yaml:1:1 service.pipelines: at least one pipeline is needed, such as "logs"',
    ]);
  });

  test('all at once', async () => {
    const text = valid
      .replace('include:', 'inclde:')
      .replace('beginning', 'now')
      .replace('Bearer hunter2', '[1]')
      .replace('[detection]', '[detecton]');
    expect((await problemsOf(text)).map((line) => line.split(' ')[0])).toEqual([
      'c.yaml:2:3',
      'c.yaml:3:5',
      'c.yaml:4:15',
      'c.yaml:6:3',
      'c.yaml:11:30',
      'c.yaml:18:48',
    ]);
  });
});

describe('what works but deserves a look', () => {
  test('a component that is not used', async () => {
    expect(await changed('  otlp_http:', '  nop:\n  otlp_http:')).toEqual([
      'c.yaml:9:3 warning: exporters.nop: is defined but not used',
    ]);
  });

  test('an old name', async () => {
    expect(await changed('exporters: [otlp_http]', 'exporters: [otlphttp]')).toEqual([
      'c.yaml:18:72 warning: service.pipelines.logs.exporters[0]: "otlphttp" is the old name; write "otlp_http"',
    ]);
  });

  test('but not a section that defines nothing', async () => {
    expect(await changed('receivers:\n', 'connectors: {}\nreceivers:\n')).toEqual([]);
  });
});
