import { appendFileSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { AuditEvents } from './audit-events.ts';
import { AuditWriter } from './audit-writer.ts';
import { recordsOfLines, type Delivered } from './otlp-json.ts';
import { ownedByBlock } from './owner.ts';
import type { Program } from './process.ts';
import { imbalances, readReport, total, type Report } from './report.ts';
import { Workspace } from './workspace.ts';

const debug = { telemetry: { logs: { encoding: 'json', level: 'debug' } } };

/** A log that is long enough for threads: most of it says nothing. Returns who wrote it. */
function longLog(workspace: Workspace): AuditWriter {
  const writer = new AuditWriter(workspace.logs, new AuditEvents(11, Date.now()));
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
  return workspace.start([...args, '--report', report]);
}

/** What came of one replay, by so many threads. */
interface Outcome {
  readonly records: readonly Omit<Delivered, 'observedTime'>[];
  readonly report: Report;
  readonly said: readonly string[];
}

async function outcomeOf(workspace: Workspace, workers: number | 'auto'): Promise<Outcome> {
  const file = workspace.path(`${workers}.json`);
  const config = workspace.configure('', { file, storedIn: undefined, service: debug });
  const program = startReplay(workspace, config, workers);
  expect(await program.ended(60_000), program.stderr).toBe(0);
  const report = readReport(workspace.path(`report-${workers}.json`));
  return { records: written(file), report, said: program.log.map(({ msg }) => msg) };
}

/** What a `file` exporter has written, without the one thing that differs between two runs over the same input. */
const written = (path: string): readonly Omit<Delivered, 'observedTime'>[] =>
  recordsOfLines(readFileSync(path, 'utf8')).map(({ observedTime, ...rest }) => rest);

describe('a replay of a log that is long enough for threads', () => {
  const owner = ownedByBlock();
  let workspace: Workspace;
  let writer: AuditWriter;
  let alone: Outcome;
  beforeAll(async () => {
    workspace = new Workspace(owner);
    writer = longLog(workspace);
    alone = await outcomeOf(workspace, 1);
  }, 60_000);

  test('records and counters are the same, however many threads there are', async () => {
    expect(alone.said).not.toContainEqual(expect.stringMatching(/threads read ahead/));
    expect(imbalances(alone.report)).toEqual([]);
    expect(total(alone.report, 'lines')).toBe(writer.lines + 2_400);
    expect(alone.records).not.toEqual([]);
    const { said, records, report } = await outcomeOf(workspace, 3);
    expect(said).toContain('3 threads read ahead');
    expect({ records, report }).toEqual({ records: alone.records, report: alone.report });
  }, 60_000);

  test('if little, starts none by itself', async () => {
    const { said } = await outcomeOf(workspace, 'auto');
    expect(said).not.toContainEqual(expect.stringMatching(/threads read ahead/));
  }, 60_000);

  test('that is killed goes on where its storage says', async () => {
    const file = workspace.path('parts.json');
    const config = workspace.configure('', { file, service: debug });
    const killed = startReplay(workspace, config, 2);
    await killed.says(/threads read ahead/);
    killed.signal('SIGKILL');
    expect(await killed.ended()).toBe('SIGKILL');
    const next = startReplay(workspace, config, 2);
    expect(await next.ended(60_000)).toBe(0);
    // What was delivered twice has the same bytes.
    const delivered = [...new Set(written(file).map((record) => JSON.stringify(record)))];
    expect(delivered).toEqual(alone.records.map((record) => JSON.stringify(record)));
  }, 60_000);
});
