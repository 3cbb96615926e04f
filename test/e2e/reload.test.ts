import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Arrivals } from './arrivals.ts';
import { AuditEvents } from './audit-events.ts';
import { AuditWriter } from './audit-writer.ts';
import { keepWriting } from './keep-writing.ts';
import type { Program } from './process.ts';
import { imbalances, total } from './report.ts';
import { seeded } from './random.ts';
import { statusOf } from './status.ts';
import { until } from './until.ts';
import { flawless, judge } from './verdict.ts';
import { Workspace } from './workspace.ts';

const seed = 20_260_503;
/**
 * The program's log holds back what it has said five times within ten seconds: of more reloads than that the test
 * hears late, and has to wait.
 */
const reloads = Number(process.env['RISKPIPE_RELOADS'] ?? 5);

/** A detection that finds nothing, but is another one each time. */
const idle = (version: number): string =>
  JSON.stringify({
    detection: 'idle',
    uuid: '5b0f4d3e-0c0b-4d7a-8f0f-0f7b6f1c2d3e',
    version,
    status: 'test',
    title: `Idle ${version}`,
    description: 'Finds nothing.',
    where: { verb: `never-${version}` },
  });

const reloaded = (program: Program): number =>
  program.log.filter(({ msg }) => msg.startsWith('reloaded')).length;

test(
  `reloaded ${reloads} times under load, it loses nothing and repeats nothing`,
  { timeout: 60_000 + reloads * 5_000 },
  async () => {
    const workspace = new Workspace();
    const random = seeded(seed);
    const backend = await workspace.backend(() => ({ status: random() < 0.1 ? 503 : 200, delayMs: 5 }));
    const writer = new AuditWriter(workspace.logs, new AuditEvents(seed, Date.now()), {
      rotateEvery: 300,
      split: 0.05,
      seed,
    });
    const extra = workspace.write('idle.yaml', idle(0));
    const configure = (version: number): string => {
      writeFileSync(extra, idle(version));
      // Every other time other components too: a receiver and an exporter that have to be made anew.
      const changed = Math.floor(version / 2);
      return workspace.configure(backend.endpoint, {
        receiver: { poll_interval: `${50 + changed}ms` },
        processor: { detections: [...workspace.detections(), extra] },
        exporter: { timeout: `${5 + changed}s` },
      });
    };
    const config = configure(0);
    const program = await workspace.run(config);
    const arrivals = new Arrivals(writer, backend);
    const stopWriting = keepWriting(writer, arrivals, { everyMs: 10, lines: 10, filesKept: 10 });
    for (let version = 1; version <= reloads; version++) {
      const before = writer.lines;
      configure(version);
      program.signal('SIGHUP');
      await until(
        () => reloaded(program) >= version && writer.lines > before + 50,
        () => `reload ${version}; it said:\n${program.stderr}`,
      );
    }
    stopWriting();
    backend.answerWith(() => ({ status: 200 }));
    await until(
      () => backend.kept.size >= writer.expected.size,
      () => `all findings; missing: ${judge(writer.expected, backend.records).lost.join(', ')}`,
      30_000,
    );
    const running = await statusOf(config, workspace.directory);
    expect(running).toMatchObject({ exit: 0, status: { state: 'running', holds: true } });
    program.signal('SIGTERM');
    expect(await program.ended(), program.stderr).toBe(0);

    expect(judge(writer.expected, backend.records)).toEqual(flawless);
    expect(backend.wrong).toEqual([]);
    const stopped = await statusOf(config, workspace.directory);
    expect(stopped).toMatchObject({ exit: 0, status: { state: 'stopped', holds: true } });
    const { report } = await workspace.replay(config);
    expect(total(report, 'lines')).toBe(writer.lines);
    // The detection that came and went accounts for the lines of its own time: the status has said so.
    expect(imbalances(report).filter((complaint) => !complaint.startsWith('idle:'))).toEqual([]);
    expect(writer.rotations).toBeGreaterThan(0);
    expect(writer.expected.size).toBeGreaterThan(0);
  },
);

test('a configuration that is wrong changes nothing, and all that is wrong is said', async () => {
  const workspace = new Workspace();
  const backend = await workspace.backend();
  const writer = new AuditWriter(workspace.logs, new AuditEvents(seed, Date.now()));
  const config = workspace.configure(backend.endpoint);
  const program = await workspace.run(config);
  workspace.configure(backend.endpoint, { receiver: { inclde: 1 }, exporter: { endpont: 'x' } });
  program.signal('SIGHUP');
  await program.says(/^not reloaded/);
  const said = program.log.map(({ msg }) => msg).join('\n');
  expect(said).toContain('receivers.file_log.inclde: unknown key');
  expect(said).toContain('exporters.otlp_http.endpont: unknown key');
  writer.writeSuspicious();
  await until(
    () => backend.kept.size === 1,
    () => 'the finding of a configuration that still runs',
  );
});

test('another store has to wait for a restart, and says so', async () => {
  const workspace = new Workspace();
  const backend = await workspace.backend();
  const config = workspace.configure(backend.endpoint);
  const program = await workspace.run(config);
  workspace.configure(backend.endpoint, { storedIn: workspace.path('elsewhere') });
  program.signal('SIGHUP');
  await program.says(/^not reloaded/);
  expect(program.stderr).toContain(
    'extensions.file_storage: the store of a running process cannot change; restart to use another one',
  );
});

test(
  'a changed detection is taken over without a signal; a broken one waits until it is mended',
  { timeout: 60_000 },
  async () => {
    const workspace = new Workspace();
    const backend = await workspace.backend();
    const extra = workspace.write('idle.yaml', idle(0));
    const config = workspace.configure(backend.endpoint, {
      processor: { detections: [...workspace.detections(), extra] },
    });
    const program = await workspace.run(config);
    writeFileSync(extra, 'detection: idle\nwhere: [');
    await program.says(/^not reloaded/, 30_000);
    expect(program.log.some(({ msg }) => /idle\.yaml changed: reloading/.test(msg))).toBe(true);
    writeFileSync(extra, idle(2));
    expect(await program.says(/^reloaded/, 30_000)).toBe('reloaded: the new configuration runs');
  },
);
