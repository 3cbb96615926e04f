import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Arrivals } from './arrivals.ts';
import { AuditEvents } from './audit-events.ts';
import { AuditWriter } from './audit-writer.ts';
import type { AnswerPlan, Backend } from './backend.ts';
import { recordsOfLines, type Delivered } from './otlp-json.ts';
import { builtProgram, Program } from './process.ts';
import { imbalances, total, type Report } from './report.ts';
import { until } from './until.ts';
import { flawless, judge, type Verdict } from './verdict.ts';
import { Workspace } from './workspace.ts';

/** The verdict without notices: these tests cause some. */
const findings = (verdict: Verdict): Verdict => ({
  ...verdict,
  unexpected: verdict.unexpected.filter((key) => !key.startsWith('riskpipe.notice')),
});

function scene(): { workspace: Workspace; writer: AuditWriter } {
  const workspace = new Workspace();
  return { workspace, writer: new AuditWriter(workspace.logs, new AuditEvents(8, Date.now())) };
}

const nobody = 65_534;

/** Whether the built program can be run by that user. */
const runsAs = ({ user }: { readonly user?: number }): boolean =>
  user === undefined ||
  spawnSync(process.execPath, [builtProgram, '--version'], { uid: user, gid: user, cwd: '/' }).status === 0;

/** Begins a log with one thing to find in it. */
function newLog(workspace: Workspace, backend: Backend): Arrivals {
  const writer = new AuditWriter(workspace.logs, new AuditEvents(10, Date.now()));
  const arrivals = new Arrivals(writer, backend);
  writer.writeSuspicious();
  return arrivals;
}

/** Replays what is in the log into a file. */
async function replayed(
  workspace: Workspace,
): Promise<{ readonly records: readonly Delivered[]; readonly report: Report; readonly log: string }> {
  const file = workspace.path('out.json');
  const outcome = await workspace.replay(workspace.configure('', { file }));
  return { ...outcome, records: recordsOfLines(readFileSync(file, 'utf8')) };
}

const broken = '{"kind":"Event","requestObject":{"message":"Pulling image \\"x\\""';

describe('between good lines, what is no event is counted and reported, and costs no good line', () => {
  for (const [what, bytes, malformed] of [
    ['a line that is no JSON', 'I1122 12:00:00.000000 1 server.go:1] up\n', 1],
    ['a line that is broken JSON', `${broken}\n`, 1],
    ['a half line that another follows', `${broken}{"kind":"Event"}\n`, 1],
    ['JSON that is no object', '[1,2,3]\n"text"\n42\n', 3],
    ['invalid UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x80, 0x7d, 0x0a]), 1],
    ['control characters', '\u001b[2J\u001b]0;owned\u0007\u0000\u0001\n', 1],
    ['nesting without an end', `${'{"a":'.repeat(100_000)}\n`, 1],
    ['an event with invalid UTF-8 in it', Buffer.from('{"kind":"Event","x":"\xff\xc0"}\n', 'latin1'), 0],
    ['blank lines', '\n\r\n   \n', 0],
    ['an empty event', '{}\n', 0],
    [
      'an event of wrong types',
      '{"requestObject":[[]],"user":7,"sourceIPs":{"a":null},"stageTimestamp":9}\n',
      0,
    ],
  ] as const) {
    test(what, async () => {
      const { workspace, writer } = scene();
      writer.write(50);
      writer.writeSuspicious();
      appendFileSync(writer.path, bytes);
      writer.writeSuspicious();
      writer.write(50);
      const { records, report, log } = await replayed(workspace);
      expect(findings(judge(writer.expected, records))).toEqual(flawless);
      expect(total(report, 'malformed')).toBe(malformed);
      expect(imbalances(report)).toEqual([]);
      if (malformed > 0) expect(log).toMatch(/malformed|no event|not valid/i);
    });
  }
});

test('a hole of NUL bytes is skipped, and the line behind it read', async () => {
  const { workspace, writer } = scene();
  const first = writer.writeSuspicious();
  truncateSync(writer.path, statSync(writer.path).size + 5_000_000);
  appendFileSync(writer.path, '\n');
  const second = writer.writeSuspicious();
  const { records } = await replayed(workspace);
  const bodies = records.map(({ body }) => body);
  expect(bodies).toContain(first.body);
  expect(bodies).toContain(second.body);
});

test('a line of 100 MB is skipped, counted and announced, and the next one read', async () => {
  const { workspace, writer } = scene();
  writer.writeSuspicious();
  appendFileSync(writer.path, `{"kind":"${'x'.repeat(100_000_000)}"}\n`);
  writer.writeSuspicious();
  const { records, report } = await replayed(workspace);
  expect(findings(judge(writer.expected, records))).toEqual(flawless);
  expect(total(report, 'oversize')).toBe(1);
  expect(imbalances(report)).toEqual([]);
  expect(records.filter(({ eventName }) => eventName === 'riskpipe.notice')).toHaveLength(1);
});

test('a half line at the end waits for its other half', async () => {
  const { workspace, writer } = scene();
  const backend = await workspace.backend();
  const arrivals = new Arrivals(writer, backend);
  const other = new AuditEvents(9, Date.now()).suspiciousPull();
  writer.write(10);
  const { key } = writer.writeSuspicious();
  appendFileSync(writer.path, other.text.slice(0, 300));
  await workspace.run(workspace.configure(backend.endpoint));
  await until(
    () => arrivals.has(key),
    () => key,
  );
  appendFileSync(writer.path, `${other.text.slice(300)}\n`);
  await until(
    () => backend.records.some(({ body }) => body === other.expected?.body),
    () => 'the line of two halves',
  );
});

describe('a path that cannot be read is said, and read as soon as it can be', () => {
  test('a file that is not there', async () => {
    const workspace = new Workspace();
    const backend = await workspace.backend();
    const program = await workspace.run(
      workspace.configure(backend.endpoint, { receiver: { include: [join(workspace.logs, 'audit.log')] } }),
    );
    await program.says(/no file matches/);
    const arrivals = newLog(workspace, backend);
    await until(
      () => arrivals.complete,
      () => 'the finding of the new log',
    );
  });

  test('a directory of that name', async () => {
    const workspace = new Workspace();
    const backend = await workspace.backend();
    const path = join(workspace.logs, 'audit.log');
    mkdirSync(path);
    const program = await workspace.run(
      workspace.configure(backend.endpoint, { receiver: { include: [path] } }),
    );
    await program.says(/audit\.log.*director|director.*audit\.log|no file matches/);
    rmSync(path, { recursive: true });
    const arrivals = newLog(workspace, backend);
    await until(
      () => arrivals.complete,
      () => 'the finding of the new log',
    );
  });

  // Root may read everything, so the program runs as nobody; a checkout that nobody may see cannot be run by it.
  const user = process.getuid?.() === 0 ? { user: nobody } : {};
  test.skipIf(!runsAs(user))(
    'a file without permission (needs a checkout that nobody may read)',
    async () => {
      const { workspace, writer } = scene();
      const backend = await workspace.backend();
      const arrivals = new Arrivals(writer, backend);
      const { key } = writer.writeSuspicious();
      const config = workspace.configure(backend.endpoint);
      if (user.user !== undefined) chownSync(workspace.directory, nobody, nobody);
      chmodSync(writer.path, 0o000);
      const program = new Program(['--config', config], { directory: workspace.directory, ...user });
      await program.ready();
      await program.says(/EACCES|permission/i);
      chmodSync(writer.path, 0o644);
      await until(
        () => arrivals.has(key),
        () => key,
      );
    },
  );
});

describe('a backend that fails is said, and gets everything once it works', () => {
  for (const [what, plan, complaint] of [
    ['500', () => ({ status: 500, body: 'kaput' }), /500/],
    ['401', () => ({ status: 401 }), /401/],
    ['a redirect', () => ({ status: 302, headers: { location: 'http://192.0.2.1/' } }), /302/],
    ['garbage', () => ({ status: 599, body: '\u001b[2J\u0000garbage' }), /599/],
    ['an answer cut short', () => ({ status: 200, store: false, cut: true }), /ECONNRESET|hang up|closed/i],
  ] as const satisfies readonly (readonly [string, AnswerPlan, RegExp])[]) {
    test(what, async () => {
      const { workspace, writer } = scene();
      const backend = await workspace.backend(plan);
      writer.write(200);
      const program = await workspace.run(workspace.configure(backend.endpoint));
      await program.says(complaint);
      expect(program.stderr).not.toContain('\u001b');
      backend.answerWith(() => ({ status: 200 }));
      const arrivals = new Arrivals(writer, backend);
      await until(
        () => arrivals.complete,
        () => `${writer.expected.size} records; there are ${backend.kept.size}`,
      );
      expect(judge(writer.expected, backend.records)).toEqual(flawless);
    });
  }

  test('nobody listens', async () => {
    const { workspace, writer } = scene();
    const gone = await workspace.backend();
    const { endpoint, port } = gone;
    await gone.close();
    writer.write(200);
    const program = await workspace.run(workspace.configure(endpoint));
    await program.says(/ECONNREFUSED/);
    const backend = await workspace.backend(undefined, port);
    const arrivals = new Arrivals(writer, backend);
    await until(
      () => arrivals.complete,
      () => `${writer.expected.size} records; there are ${backend.kept.size}`,
    );
    expect(judge(writer.expected, backend.records)).toEqual(flawless);
  });
});
