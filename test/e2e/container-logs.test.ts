import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { partsOf, wrapped, writeCri } from '../receivers/file-log/container/container-log.ts';
import { Arrivals } from './arrivals.ts';
import { AuditEvents } from './audit-events.ts';
import { AuditWriter } from './audit-writer.ts';
import { recordsOfLines, type Delivered } from './otlp-json.ts';
import { Program } from './process.ts';
import { imbalances, readReport, total } from './report.ts';
import { until } from './until.ts';
import { flawless, judge } from './verdict.ts';
import { Workspace } from './workspace.ts';

const receiver = { operators: [{ type: 'container' }] };
/** Most events of these tests need several parts. */
const partSize = 300;

/** A workspace, one who writes a log that nobody follows, and the path where a runtime has it. */
function scene(seed: number): { workspace: Workspace; writer: AuditWriter; log: string } {
  const workspace = new Workspace();
  mkdirSync(workspace.path('plain'));
  const writer = new AuditWriter(workspace.path('plain'), new AuditEvents(seed, Date.now()));
  return { workspace, writer, log: join(workspace.logs, 'audit.log') };
}

const linesIn = (path: string): readonly string[] => readFileSync(path, 'utf8').split('\n').slice(0, -1);

test(
  'killed between the parts of an event, it loses none and counts none twice',
  { timeout: 60_000 },
  async () => {
    const kills = 3;
    const { workspace, writer, log } = scene(21);
    const backend = await workspace.backend();
    const arrivals = new Arrivals(writer, backend);
    const config = workspace.configure(backend.endpoint, { receiver });
    let parts: readonly string[] = [];
    let taken = 0;
    for (let kill = 0; kill < kills; kill++) {
      const life = await workspace.run(config);
      writer.write(50);
      const { key } = writer.writeSuspicious();
      const last = writer.writeSuspicious();
      const lines = linesIn(writer.path).slice(taken);
      taken += lines.length;
      const written = [
        ...parts,
        ...lines.flatMap((text) => partsOf({ stream: 'stdout', text }, partSize, writeCri)),
      ];
      appendFileSync(log, written.slice(0, -1).join(''));
      parts = written.slice(-1);
      await until(
        () => arrivals.has(key),
        () => `${key}; it said:\n${life.stderr}`,
      );
      expect(arrivals.has(last.key)).toBe(false);
      life.signal('SIGKILL');
      await life.ended();
    }
    const life = await workspace.run(config);
    appendFileSync(log, parts.join(''));
    await until(
      () => arrivals.complete,
      () => `all that was expected; it said:\n${life.stderr}`,
    );
    life.signal('SIGTERM');
    expect(await life.ended(), life.stderr).toBe(0);
    expect(judge(writer.expected, backend.records)).toEqual(flawless);
    const { report } = await workspace.replay(config);
    expect(total(report, 'lines')).toBe(writer.lines);
    expect(total(report, 'malformed')).toBe(0);
    expect(imbalances(report)).toEqual([]);
  },
);

test('a replay gives the records of the plain log, whatever --workers says', async () => {
  const { workspace, writer, log } = scene(22);
  writer.write(600);
  const runs: unknown[] = [];
  for (const [name, text, options, workers] of [
    ['plain', readFileSync(writer.path, 'utf8'), {}, 1],
    ['wrapped', wrapped(linesIn(writer.path), partSize), receiver, 1],
    ['threads', wrapped(linesIn(writer.path), partSize), receiver, 2],
  ] as const) {
    writeFileSync(log, text);
    const file = workspace.path(`${name}.json`);
    const service = { telemetry: { logs: { encoding: 'json', level: 'debug' } } };
    const config = workspace.configure('', { file, storedIn: undefined, receiver: options, service });
    const report = workspace.path(`${name}-report.json`);
    const program = new Program(
      ['replay', '--config', config, '--report', report, '--workers', String(workers)],
      { directory: workspace.directory },
    );
    expect(await program.ended(60_000), program.stderr).toBe(0);
    const alone = program.log.some(({ msg }) =>
      msg.endsWith('one thread reads all: it has to unwrap the lines'),
    );
    expect(alone).toBe(workers > 1);
    expect(total(readReport(report), 'lines')).toBe(writer.lines);
    runs.push(recordsOfLines(readFileSync(file, 'utf8')).map(timeless));
  }
  expect(runs[0]).not.toEqual([]);
  expect(runs[1]).toEqual(runs[0]);
  expect(runs[2]).toEqual(runs[0]);
});

const timeless = ({ observedTime, ...rest }: Delivered): Omit<Delivered, 'observedTime'> => rest;
