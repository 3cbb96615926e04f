import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { builtRiskpipe } from '../commands/built-riskpipe.ts';
import { Arrivals } from './arrivals.ts';
import { AuditEvents } from './audit-events.ts';
import { AuditWriter } from './audit-writer.ts';
import { recordsOfLines, textOf, type Delivered } from './otlp-json.ts';
import { ownedByBlock } from './owner.ts';
import { builtProgram } from './process.ts';
import { imbalances, total } from './report.ts';
import { until } from './until.ts';
import { flawless, judge } from './verdict.ts';
import { Workspace } from './workspace.ts';

const derived = fileURLToPath(new URL('../../../shared/data/audit/derived/', import.meta.url));

/** A record without the one thing that may differ between two runs over the same input. */
const timeless = ({ observedTime, ...rest }: Delivered): Omit<Delivered, 'observedTime'> => rest;

/** What a `file` exporter has written; nothing if it was never asked to. */
const written = (path: string): readonly Delivered[] =>
  existsSync(path) ? recordsOfLines(readFileSync(path, 'utf8')) : [];

const isNotice = ({ eventName }: Delivered): boolean => eventName === 'riskpipe.notice';

describe('after a replay', () => {
  const owner = ownedByBlock();
  let workspace: Workspace;
  let writer: AuditWriter;
  let first: readonly Delivered[];
  beforeAll(async () => {
    workspace = new Workspace(owner);
    writer = new AuditWriter(workspace.logs, new AuditEvents(3, Date.now()));
    writer.write(500);
    appendFileSync(writer.path, `${'x'.repeat(100_000)}\n${'\0'.repeat(5_000)}`);
    writer.write(500);
    first = await replayed('first');
    expect(first.filter(isNotice)).toHaveLength(2);
    expect(
      judge(
        writer.expected,
        first.filter((record) => !isNotice(record)),
      ),
    ).toEqual(flawless);
  }, 60_000);

  /** What is in the file of that name after a replay that keeps its state under it, too. */
  async function replayed(name: string): Promise<readonly Delivered[]> {
    const file = workspace.path(`${name}.json`);
    const storedIn = workspace.path(`state-${name}`);
    const receiver = { max_log_size: '64KiB' };
    const { report } = await workspace.replay(workspace.configure('', { file, storedIn, receiver }));
    expect(imbalances(report)).toEqual([]);
    expect(total(report, 'lines')).toBe(writer.lines + 1);
    return written(file);
  }

  test('the same input twice gives identical records', async () => {
    const second = await replayed('second');
    expect(second.map(timeless)).toEqual(first.map(timeless));
  });

  test('a second replay on the same storage finds nothing new', async () => {
    expect(await replayed('first')).toEqual(first);
  });
});

test('replay equals live', async () => {
  const workspace = new Workspace();
  const writer = new AuditWriter(workspace.logs, new AuditEvents(5, Date.now()), { split: 0.1 });
  const live = await workspace.backend();
  const arrivals = new Arrivals(writer, live);
  const program = await workspace.run(workspace.configure(live.endpoint));
  for (let round = 0; round < 10; round++) {
    // In pieces, each of which is read before the next is there.
    writer.write(100);
    const { key } = writer.writeSuspicious();
    await until(
      () => arrivals.has(key),
      () => key,
    );
  }
  expect(arrivals.complete).toBe(true);
  program.signal('SIGTERM');
  expect(await program.ended(), program.stderr).toBe(0);

  const replayed = await workspace.backend();
  await workspace.replay(
    workspace.configure(replayed.endpoint, { storedIn: workspace.path('fresh') }, 'replay.yaml'),
  );
  expect(judge(writer.expected, live.records)).toEqual(flawless);
  expect(replayed.records.map(timeless)).toEqual(live.records.map(timeless));
});

test.skipIf(!existsSync(derived))(
  'of the derived pulls (../shared/data) it finds what the Splunk search finds',
  async () => {
    const workspace = new Workspace();
    const file = workspace.path('out.json');
    await workspace.replay(
      workspace.configure('', { file, receiver: { include: [`${derived}pulling-events.jsonl`] } }),
    );
    const wanted = readFileSync(`${derived}pulling-events.expected.jsonl`, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { auditID: string; seed_spl_matches: boolean })
      .filter(({ seed_spl_matches }) => seed_spl_matches)
      .map(({ auditID }) => auditID);
    const found = written(file)
      .filter(({ eventName }) => eventName === 'riskpipe.risk_event')
      .map(({ attributes }) => textOf(attributes['k8s.audit.id']));
    expect(found).toHaveLength(wanted.length);
    expect(new Set(found)).toEqual(new Set(wanted));
  },
);

test('a replay whose reader has gone ends like any filter: soon, without a complaint, with exit code 1', () => {
  const workspace = new Workspace();
  const writer = new AuditWriter(workspace.logs, new AuditEvents(6, Date.now()));
  for (let line = 0; line < 20; line++) writer.writeSuspicious();
  const config = workspace.configure('', { exporters: { debug: {} } });
  const command = '"$0" "$1" replay --config "$2" | true; echo "${PIPESTATUS[0]}"';
  const { stdout, stderr } = spawnSync('bash', ['-c', command, process.execPath, builtProgram, config], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  expect([stdout.trim(), stderr], stderr).toEqual([
    '1',
    expect.stringContaining('stopped before the end: nobody reads standard output any more') as unknown,
  ]);
  expect(stderr).not.toMatch(/"level":"(?:warn|error)"/);
  const { status } = builtRiskpipe(['replay', '--config', config]);
  expect(status).toBe(0);
});
