import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { riskpipe } from '../commands/riskpipe.ts';
import { AuditEvents } from './audit-events.ts';
import { AuditWriter } from './audit-writer.ts';
import type { Backend } from './backend.ts';
import { Program } from './process.ts';
import { until } from './until.ts';
import { flawless, judge } from './verdict.ts';
import { Workspace } from './workspace.ts';

/** A workspace whose log holds findings already. */
function scene(): { workspace: Workspace; writer: AuditWriter } {
  const workspace = new Workspace();
  const writer = new AuditWriter(workspace.logs, new AuditEvents(6, Date.now()));
  writer.write(500);
  return { workspace, writer };
}

const asked = (backend: Backend): Promise<boolean> =>
  until(
    () => backend.seen.requests > 0,
    () => 'a request to the backend',
  );

describe('a signal to stop', () => {
  for (const [signal, where, wishes] of [
    ['SIGTERM', 'on disk', {}],
    ['SIGINT', 'in memory', { storedIn: undefined }],
  ] as const) {
    test(`${signal} with state ${where}: what was read is delivered, exit code 0`, async () => {
      const { workspace, writer } = scene();
      // Slow, so that there is something left to deliver.
      const backend = await workspace.backend(() => ({ status: 200, delayMs: 30 }));
      const program = await workspace.run(workspace.configure(backend.endpoint, wishes));
      await asked(backend);
      program.signal(signal);
      expect(await program.ended(), program.stderr).toBe(0);
      expect(judge(writer.expected, backend.records)).toEqual(flawless);
    });
  }

  test('with a backend that is down: exit code 0, and the next run delivers what is stored', async () => {
    const { workspace, writer } = scene();
    const backend = await workspace.backend(() => ({ status: 503 }));
    const config = workspace.configure(backend.endpoint, { service: { shutdown_timeout: '1s' } });
    const program = await workspace.run(config);
    await asked(backend);
    program.signal('SIGTERM');
    expect(await program.ended(), program.stderr).toBe(0);
    expect(backend.kept.size).toBe(0);

    backend.answerWith(() => ({ status: 200 }));
    await workspace.run(config);
    await until(
      () => backend.kept.size >= writer.expected.size,
      () => `${writer.expected.size} records; there are ${backend.kept.size}`,
    );
    expect(judge(writer.expected, backend.records)).toEqual(flawless);
  });

  test('with a backend that never answers: exit code 0 in the time that is allowed, and nothing is lost', async () => {
    const { workspace, writer } = scene();
    const backend = await workspace.backend(() => ({ status: 200, delayMs: 60_000, store: false }));
    const config = workspace.configure(backend.endpoint, {
      exporter: { timeout: '60s' },
      service: { shutdown_timeout: '1s' },
    });
    const program = await workspace.run(config);
    await asked(backend);
    program.signal('SIGTERM');
    expect(await program.ended(10_000), program.stderr).toBe(0);

    backend.answerWith(() => ({ status: 200 }));
    await workspace.run(config);
    await until(
      () => backend.kept.size >= writer.expected.size,
      () => `${writer.expected.size} records; there are ${backend.kept.size}`,
    );
    expect(judge(writer.expected, backend.records)).toEqual(flawless);
  });

  test('with a backend that is down and nothing stored: exit code 6 says what is lost', async () => {
    const { workspace } = scene();
    const backend = await workspace.backend(() => ({ status: 503 }));
    const program = await workspace.run(
      workspace.configure(backend.endpoint, { storedIn: undefined, service: { shutdown_timeout: '1s' } }),
    );
    await asked(backend);
    program.signal('SIGTERM');
    expect(await program.ended(), program.stderr).toBe(6);
    expect(program.stderr).toMatch(/\d+ records undelivered/);
  });

  test('with records that were refused and nothing stored: exit code 6, too', async () => {
    const { workspace } = scene();
    const backend = await workspace.backend(() => ({ status: 400 }));
    const program = await workspace.run(workspace.configure(backend.endpoint, { storedIn: undefined }));
    await program.says(/refused \d+ records: 400 .*kept until the process ends, for nothing is stored/);
    program.signal('SIGTERM');
    expect(await program.ended(), program.stderr).toBe(6);
    expect(program.stderr).toMatch(/[1-9]\d* records undelivered, which are stored nowhere/);
    expect(program.stderr).toMatch(/[1-9]\d* refused/);
  });

  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    test(`a second one, ${signal}, ends at once with ${code}, however long the backend takes`, async () => {
      const { workspace } = scene();
      const backend = await workspace.backend(() => ({ status: 200, delayMs: 60_000 }));
      const program = await workspace.run(
        workspace.configure(backend.endpoint, {
          exporter: { timeout: '60s' },
          service: { shutdown_timeout: '60s' },
        }),
      );
      await asked(backend);
      program.signal('SIGTERM');
      await program.says(/stopping/);
      program.signal(signal);
      // As a shell reports a process that the signal ended.
      expect(await program.ended()).toBe(code);
    });
  }
});

describe('exit codes', () => {
  test('1 for a replay that could not read what it was asked to', async () => {
    const workspace = new Workspace();
    const config = workspace.configure('http://127.0.0.1:1');
    const program = workspace.start(['replay', '--config', config]);
    expect(await program.ended(), program.stderr).toBe(1);
    expect(program.stderr).toContain('1 files or patterns could not be read; what they hold was not seen');
  });

  test('2 for arguments that mean nothing', async () => {
    const program = new Program(['--confg', 'x.yaml']);
    expect(await program.ended()).toBe(2);
    expect(program.stderr).toContain('--confg');
  });

  test('3 for storage in use by another instance', async () => {
    const { workspace } = scene();
    const backend = await workspace.backend();
    const config = workspace.configure(backend.endpoint);
    await workspace.run(config);
    const second = workspace.start(['--config', config]);
    expect(await second.ended()).toBe(3);
    expect(second.stderr).toContain(workspace.state);
  });

  test('4 for a configuration file that is not there', async () => {
    const program = new Program(['--config', 'nowhere.yaml']);
    expect(await program.ended()).toBe(4);
    expect(program.stderr).toContain('nowhere.yaml');
  });

  test('4 for a component that does not exist, before anything is read or made', async () => {
    const { workspace } = scene();
    const config = workspace.write(
      'bad.yaml',
      [
        'receivers: {file_log: {include: [logs/audit.log]}}',
        'exporters: {otlp_htp: {endpoint: "http://127.0.0.1:1"}}',
        'service: {pipelines: {logs: {receivers: [file_log], exporters: [otlp_htp]}}}',
      ].join('\n'),
    );
    const program = workspace.start(['--config', config]);
    expect(await program.ended()).toBe(4);
    expect(program.stderr).toMatch(/bad\.yaml:2:\d+/);
    expect(program.stderr).toContain('Did you mean "otlp_http"');
  });

  test('4 for a report that cannot be written, before anything is read', async () => {
    const { workspace } = scene();
    const config = workspace.configure('', { file: workspace.path('out.json') });
    const report = workspace.path('nowhere/report.json');
    const program = new Program(['replay', '--config', config, '--report', report]);
    expect(await program.ended()).toBe(4);
    expect(program.stderr).toBe(
      `riskpipe: could not start: ENOENT: no such file or directory, open '${report}'\n`,
    );
    expect(existsSync(workspace.path('out.json'))).toBe(false);
  });

  test('5 for a store that can no longer be written', async () => {
    const { workspace } = scene();
    const backend = await workspace.backend(() => ({ status: 503 }));
    const program = new Program(['--config', workspace.configure(backend.endpoint)], {
      directory: workspace.directory,
      // The largest file that it may write is 8 KiB.
      through: ['bash', '-c', 'ulimit -f 8; exec "$@"', 'bash'],
    });
    expect(await program.ended(), program.stderr).toBe(5);
    await program.says(/cannot go on: could not write to the store/);
  });

  test.skipIf(!existsSync('/dev/full'))('5 for what nobody expected, in one line', async () => {
    const { workspace } = scene();
    const config = workspace.configure('', { file: workspace.path('out.json') });
    const program = new Program(['replay', '--config', config, '--report', '/dev/full']);
    expect(await program.ended()).toBe(5);
    const [line, ...more] = program.stderr.split('\n').filter((text) => !/^(\{|$)/.test(text));
    expect([line, more]).toEqual(['riskpipe: ENOSPC: no space left on device, write', []]);
  });

  test('1 for problems that validate finds, 0 for none', async () => {
    const { workspace } = scene();
    const good = workspace.configure('http://127.0.0.1:1');
    expect(await riskpipe(['validate', '--config', good], workspace)).toMatchObject({ status: 0 });
    const bad = workspace.write('bad.yaml', 'receivers: {}\n');
    expect(await riskpipe(['validate', '--config', bad], workspace)).toMatchObject({ status: 1 });
  });
});
