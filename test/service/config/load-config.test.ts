import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../../src/service/config/load-config.ts';
import { ConfigError } from '../../../src/util/problem.ts';
import { components } from './fake-components.ts';
import { loadText, problemsOf, valid } from './load-text.ts';

describe('a right configuration', () => {
  test('is read with the defaults of the schemas', async () => {
    const config = await loadText(valid);
    expect(config.warnings).toEqual([]);
    expect(config.receivers.get('file_log')).toMatchObject({
      id: 'file_log',
      type: 'file_log',
      config: {
        include: ['/var/log/audit.log'],
        start_at: 'beginning',
        poll_interval: 250,
        max_log_size: 2 ** 24,
      },
      raw: { include: ['/var/log/audit.log'], start_at: 'beginning' },
      directory: '/srv',
    });
    expect([...config.pipelines]).toEqual([
      ['logs', { receivers: ['file_log'], processors: ['detection'], exporters: ['otlp_http'] }],
    ]);
    expect([...config.extensions.keys()]).toEqual(['file_storage']);
    expect(config.telemetry.logs).toEqual({ level: 'info', encoding: 'auto' });
    expect(config.telemetry.metrics.level).toBe('normal');
    expect(config.shutdownTimeoutMs).toBe(5_000);
  });

  test('carries the factory that its options are for', async () => {
    const { exporters } = await loadText(valid);
    expect(exporters.get('otlp_http')?.factory.type).toBe('otlp_http');
  });

  test('sets what the service section says', async () => {
    const text = `${valid}  telemetry: {logs: {level: debug, encoding: json}}\n  shutdown_timeout: 1m30s\n`;
    const config = await loadText(text);
    expect(config.telemetry.logs).toEqual({ level: 'debug', encoding: 'json' });
    expect(config.shutdownTimeoutMs).toBe(90_000);
  });

  test('may leave a component empty', async () => {
    const config = await loadText(
      valid.replace('file_storage: {directory: /var/lib/riskpipe}', 'file_storage:'),
    );
    expect(config.extensions.get('file_storage')?.config).toEqual({ directory: '/var/lib/riskpipe' });
  });

  test('reads null as absent, so that the default counts', async () => {
    const config = await loadText(valid.replace('start_at: beginning', 'start_at:'));
    expect(config.receivers.get('file_log')).toMatchObject({
      config: { start_at: 'end' },
      raw: { include: ['/var/log/audit.log'] },
    });
  });

  test('does not read null as absent where nothing is allowed', async () => {
    expect(await problemsOf(valid.replace('    headers:', '    grpc:\n    headers:'))).toEqual([
      'c.yaml:11:10 exporters.otlp_http.grpc: gRPC is for later',
    ]);
  });

  test('may spell types the old way and names with spaces', async () => {
    const text = valid
      .replace('  file_log:', '  " filelog / x ":')
      .replace('receivers: [file_log]', 'receivers: [file_log/x]');
    const config = await loadText(text);
    expect([...config.receivers.keys()]).toEqual(['file_log/x']);
    expect(config.warnings).toMatchObject([
      { line: 2, column: 3, message: '"filelog" is the old name; write "file_log"' },
    ]);
  });

  test('starts extensions in the order of the list', async () => {
    const text = valid
      .replace('  file_storage: {', '  idle:\n  file_storage: {')
      .replace('extensions: [file_storage]', 'extensions: [file_storage, idle]');
    expect([...(await loadText(text)).extensions.keys()]).toEqual(['file_storage', 'idle']);
  });

  test('loads only the code of what is used', async () => {
    const strict = components.map((entry) =>
      entry.type === 'nop' ? { ...entry, load: () => Promise.reject(new Error('loaded')) } : entry,
    );
    const config = await loadConfig([{ file: 'c.yaml', text: valid }], [], {}, strict, '/srv');
    expect([...config.exporters.keys()]).toEqual(['otlp_http']);
  });
});

describe('several sources', () => {
  test('merge in order, and each component keeps the directory of the file that defines it', async () => {
    const more = {
      'etc/b.yaml':
        'receivers: {filelog: {start_at: end}}\nexporters: {nop: }\nservice: {pipelines: {logs: {exporters: [nop]}}}',
    };
    const config = await loadText(valid, { more });
    expect(config.receivers.get('file_log')).toMatchObject({
      config: { start_at: 'end' },
      directory: '/srv',
    });
    expect(config.exporters.get('nop')).toMatchObject({ directory: '/srv/etc' });
    expect(config.pipelines.get('logs')).toMatchObject({ receivers: ['file_log'], exporters: ['nop'] });
  });

  test('null in a later file wipes what an earlier one wrote', async () => {
    const more = { 'b.yaml': 'processors:\n' };
    expect(await problemsOf(valid, { more })).toContain(
      'c.yaml:18:48 service.pipelines.logs.processors[0]: no processor "detection" is defined in "processors"',
    );
  });

  test('an empty file changes nothing', async () => {
    expect(await problemsOf(valid, { more: { 'b.yaml': '# nothing yet\n' } })).toEqual([]);
  });

  test('--set counts last, joins maps, and reads its value as YAML', async () => {
    const sets = [
      'receivers.filelog.start_at=end',
      'receivers::file_log::include=[/a, "${env:B}"]',
      'exporters.nop=',
      'service.pipelines.logs.exporters=[nop]',
    ];
    const config = await loadText(valid, { sets, environment: { B: '/b' } });
    expect(config.receivers.get('file_log')).toMatchObject({
      config: { start_at: 'end', include: ['/a', '/b'] },
      directory: '/srv',
    });
    expect(config.exporters.get('nop')).toMatchObject({ directory: '/srv' });
  });

  for (const [set, problem] of [
    ['a', '--set an equal sign is missing; write --set a.b.c=value'],
    ['a..b=1', '--set a..b=... this is no path of keys; write --set a.b.c=value'],
    ['=1', '--set =... this is no path of keys; write --set a.b.c=value'],
    [
      `${'a.'.repeat(50)}b=1`,
      `--set ${'a.'.repeat(50)}b=... this is no path of keys; write --set a.b.c=value`,
    ],
    [
      'exporters.otlp_http.headers={a',
      '--set exporters.otlp_http.headers=... exporters.otlp_http.headers: a character is missing here: a closing quote or bracket, a comma, or the space behind ":"',
    ],
    [
      'receivers.file_log.start_at=now',
      '--set receivers.file_log.start_at=... receivers.file_log.start_at: "now" is not one of beginning, end',
    ],
  ] as const) {
    test(`--set ${set.slice(0, 40)} is refused`, async () => {
      expect(await problemsOf(valid, { sets: [set] })).toEqual([problem]);
    });
  }

  test('problems come by file in the given order, then by line', async () => {
    const more = { 'b.yaml': 'x: 1\n', 'a.yaml': 'y: 1\n' };
    const problems = await problemsOf(`z: 1\n${valid}`, { more, sets: ['w=1'] });
    expect(problems.map((line) => line.split(' ')[0])).toEqual([
      'c.yaml:1:1',
      'b.yaml:1:1',
      'a.yaml:1:1',
      '--set',
    ]);
  });

  test('nothing at all is refused', async () => {
    await expect(loadConfig([], [], {}, components, '/srv')).rejects.toThrow(
      'name at least one configuration file',
    );
    expect(await problemsOf('')).toEqual(['c.yaml:1:1 the configuration is empty']);
    expect(await problemsOf('- a')).toEqual([
      'c.yaml:1:1 a configuration is a map of sections such as "receivers" and "service"',
    ]);
  });

  test('an unreadable file is told with the mistakes of the others, and nothing that would follow from it', async () => {
    const problems = await problemsOf('a: "', { more: { 'b.yaml': 'b: *x\n' } });
    expect(problems).toHaveLength(2);
    expect(problems[1]).toBe('b.yaml:1:4 b: no anchor "&x" is complete before this alias');
  });
});

describe('substitution', () => {
  const withEndpoint = (value: string): string => valid.replace('http://127.0.0.1:4318', value);

  test('a value is typed for its field: a number for a number, text for text', async () => {
    const text = valid
      .replace('{storage: file_storage}', '{queue_size: ${env:N}, storage: ${env:N}}')
      .replace('Bearer hunter2', '${env:N}');
    const config = await loadText(text, { environment: { N: '0077' } });
    expect(config.exporters.get('otlp_http')).toMatchObject({
      config: { sending_queue: { queue_size: 77, storage: '0077' }, headers: { authorization: '0077' } },
      raw: { sending_queue: { queue_size: 77, storage: '0077' } },
    });
  });

  test('a version number stays text where one of several texts is wanted', async () => {
    const text = valid.replace('    headers:', '    tls: {min_version: "${env:TLS}"}\n    headers:');
    const config = await loadText(text, { environment: { TLS: '1.3' } });
    expect(config.exporters.get('otlp_http')).toMatchObject({ config: { tls: { min_version: '1.3' } } });
  });

  test('a value may be a whole list or map', async () => {
    const text = valid
      .replace('[/var/log/audit.log]', '${env:FILES}')
      .replace('{authorization: Bearer hunter2}', '${env:HEADERS}');
    const config = await loadText(text, { environment: { FILES: '[/a, /b]', HEADERS: '{x: "1", y: z}' } });
    expect(config.receivers.get('file_log')).toMatchObject({ config: { include: ['/a', '/b'] } });
    expect(config.exporters.get('otlp_http')).toMatchObject({ config: { headers: { x: '1', y: 'z' } } });
  });

  test('text that happens to look like YAML stays text where text is wanted', async () => {
    const config = await loadText(valid.replace('Bearer hunter2', '${env:T}'), {
      environment: { T: 'key: value' },
    });
    expect(config.exporters.get('otlp_http')).toMatchObject({
      config: { headers: { authorization: 'key: value' } },
    });
  });

  test('an unset variable is a warning, and the default counts', async () => {
    const config = await loadText(valid.replace('start_at: beginning', 'start_at: ${env:START}'));
    expect(config.receivers.get('file_log')).toMatchObject({ config: { start_at: 'end' } });
    expect(config.warnings).toEqual([
      {
        severity: 'warning',
        file: 'c.yaml',
        line: 4,
        column: 15,
        path: 'receivers.file_log.start_at',
        message: 'the environment variable "START" is not set and has no default',
      },
    ]);
  });

  test('set to empty stays empty', async () => {
    const config = await loadText(valid.replace('Bearer hunter2', '${env:T:-x}'), { environment: { T: '' } });
    expect(config.exporters.get('otlp_http')).toMatchObject({ config: { headers: { authorization: '' } } });
  });

  test('keys are not replaced', async () => {
    expect(await problemsOf(valid.replace('start_at:', '${env:A}:'))).toEqual([
      'c.yaml:4:5 receivers.file_log.${env:A}: unknown key. Known: include, include_file_name, max_log_size, operators, poll_interval, resource, start_at',
    ]);
  });

  test('a mistake says where', async () => {
    expect(await problemsOf(withEndpoint('http://${file:x}'))).toContain(
      'c.yaml:10:15 exporters.otlp_http.endpoint: "file:" is not supported in "${...}", only "env:" is',
    );
  });

  test('a bomb in a variable is but text', async () => {
    const bomb = `{a: &a [${'1, '.repeat(1_000)}], b: [${'*a, '.repeat(1_000)}]}`;
    expect(await problemsOf(withEndpoint('${env:E}'), { environment: { E: bomb } })).toHaveLength(1);
  });
});

test('ConfigError lists warnings, too', async () => {
  const error = await loadText(valid.replace('file_log:', 'filelog:').replace('beginning', 'begining')).catch(
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ConfigError);
  expect(
    error instanceof ConfigError && error.problems.map(({ severity, line }) => [severity, line]),
  ).toEqual([
    ['warning', 2],
    ['error', 4],
  ]);
});
