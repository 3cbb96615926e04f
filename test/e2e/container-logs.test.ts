import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { wrapped } from '../receivers/file-log/container/container-log.ts';
import { AuditEvents } from './audit-events.ts';
import { AuditWriter } from './audit-writer.ts';
import { recordsOfLines, type Delivered } from './otlp-json.ts';
import { readReport, total } from './report.ts';
import { Workspace } from './workspace.ts';

const receiver = { operators: [{ type: 'container' }] };
/** Most events need several parts. */
const partSize = 300;

const linesIn = (path: string): readonly string[] => readFileSync(path, 'utf8').split('\n').slice(0, -1);

test('a replay gives the records of the plain log, whatever --workers says', async () => {
  const workspace = new Workspace();
  mkdirSync(workspace.path('plain'));
  const writer = new AuditWriter(workspace.path('plain'), new AuditEvents(22, Date.now()));
  writer.write(600);
  const log = join(workspace.logs, 'audit.log');
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
    const threads = ['--workers', String(workers)];
    const program = workspace.start(['replay', '--config', config, '--report', report, ...threads]);
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
