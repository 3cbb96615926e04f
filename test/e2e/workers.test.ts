import { appendFileSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { AuditEvents } from './audit-events.ts';
import { AuditWriter } from './audit-writer.ts';
import { recordsOfLines, type Delivered } from './otlp-json.ts';
import { Program } from './process.ts';
import { imbalances, readReport, total } from './report.ts';
import { Workspace } from './workspace.ts';

const debug = { telemetry: { logs: { encoding: 'json', level: 'debug' } } };

/** A log that is long enough for threads: most of it says nothing. Returns who wrote it. */
function longLog(workspace: Workspace, seed: number): AuditWriter {
  const writer = new AuditWriter(workspace.logs, new AuditEvents(seed, Date.now()));
  const filler = `${JSON.stringify({ kind: 'Event', verb: 'watch', pad: 'x'.repeat(30_000) })}\n`;
  for (let part = 0; part < 24; part++) {
    writer.write(60);
    appendFileSync(writer.path, filler.repeat(100));
  }
  return writer;
}

function startReplay(workspace: Workspace, config: string, workers: number | 'auto'): Program {
  const args = ['replay', '--config', config, '--workers', String(workers)];
  const report = workspace.path(`report-${workers}.json`);
  return new Program([...args, '--report', report], { directory: workspace.directory });
}

/** What a `file` exporter has written, without the one thing that differs between two runs over the same input. */
const written = (path: string): readonly Omit<Delivered, 'observedTime'>[] =>
  recordsOfLines(readFileSync(path, 'utf8')).map(({ observedTime, ...rest }) => rest);

test('records and counters are the same, however many threads there are', async () => {
  const workspace = new Workspace();
  const writer = longLog(workspace, 11);
  const runs: unknown[] = [];
  for (const workers of [1, 2, 4]) {
    const file = workspace.path(`${workers}.json`);
    const config = workspace.configure('', { file, storedIn: undefined, service: debug });
    const program = startReplay(workspace, config, workers);
    expect(await program.ended(60_000)).toBe(0);
    const report = readReport(workspace.path(`report-${workers}.json`));
    expect(imbalances(report)).toEqual([]);
    expect(total(report, 'lines')).toBe(writer.lines + 2_400);
    expect(program.log.some(({ msg }) => msg === `${workers} threads read ahead`)).toBe(workers > 1);
    runs.push({ records: written(file), report });
  }
  expect(runs[1]).toEqual(runs[0]);
  expect(runs[2]).toEqual(runs[0]);
}, 60_000);

test('a replay of little starts no threads by itself', async () => {
  const workspace = new Workspace();
  longLog(workspace, 13);
  const config = workspace.configure('', {
    file: workspace.path('a.json'),
    storedIn: undefined,
    service: debug,
  });
  const program = startReplay(workspace, config, 'auto');
  expect(await program.ended(60_000)).toBe(0);
  expect(program.log.map(({ msg }) => msg)).not.toContainEqual(expect.stringMatching(/threads read ahead/));
}, 60_000);

test('a replay with threads that is killed goes on where its storage says', async () => {
  const workspace = new Workspace();
  longLog(workspace, 12);
  const whole = workspace.path('whole.json');
  const alone = startReplay(workspace, workspace.configure('', { file: whole, storedIn: undefined }), 1);
  expect(await alone.ended(60_000)).toBe(0);
  const file = workspace.path('parts.json');
  const config = workspace.configure('', { file, service: debug });
  const killed = startReplay(workspace, config, 2);
  await killed.says(/threads read ahead/);
  killed.signal('SIGKILL');
  await killed.ended();
  const next = startReplay(workspace, config, 2);
  expect(await next.ended(60_000)).toBe(0);
  // What was delivered twice has the same bytes.
  const delivered = [...new Set(written(file).map((record) => JSON.stringify(record)))];
  expect(delivered).toEqual(written(whole).map((record) => JSON.stringify(record)));
}, 60_000);
