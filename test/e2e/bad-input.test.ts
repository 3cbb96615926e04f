import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, chownSync, mkdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { Arrivals } from './arrivals.ts';
import { AuditEvents } from './audit-events.ts';
import { AuditWriter } from './audit-writer.ts';
import type { AnswerPlan, Backend } from './backend.ts';
import { ownedByBlock } from './owner.ts';
import { builtProgram, Program } from './process.ts';
import { replayEach } from './replay-each.ts';
import { imbalances, total } from './report.ts';
import { until } from './until.ts';
import { flawless, judge, keyOf, type Verdict } from './verdict.ts';
import { impatientExporter, Workspace } from './workspace.ts';

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

/** Begins a log with one thing to find in it; tells whether that has come. */
function newLog(directory: string, seed: number, backend: Backend): () => boolean {
  const { key } = new AuditWriter(directory, new AuditEvents(seed, Date.now())).writeSuspicious();
  return () => backend.records.some((record) => keyOf(record) === key);
}

/** What is put between good lines. */
interface Bad {
  readonly what: string;
  readonly spoil: (path: string) => void;
  /** How many lines of it are to be counted and told as malformed; none if left out. */
  readonly malformed?: number;
}

/** What came of a log with something bad in it. */
interface Outcome {
  readonly verdict: Verdict;
  readonly imbalances: readonly string[];
  readonly malformed: number;
  readonly isTold: boolean;
  readonly oversize: number;
  readonly notices: number;
}

const fine: Outcome = {
  verdict: flawless,
  imbalances: [],
  malformed: 0,
  isTold: false,
  oversize: 0,
  notices: 0,
};

const broken = '{"kind":"Event","requestObject":{"message":"Pulling image \\"x\\""';

describe('between good lines, what is no event is counted and reported, and costs no good line', () => {
  const adds = (bytes: string | Uint8Array) => (path: string) => appendFileSync(path, bytes);
  const lines: readonly Bad[] = [
    {
      what: 'a line that is no JSON',
      spoil: adds('I1122 12:00:00.000000 1 server.go:1] up\n'),
      malformed: 1,
    },
    { what: 'a line that is broken JSON', spoil: adds(`${broken}\n`), malformed: 1 },
    { what: 'a half line that another follows', spoil: adds(`${broken}{"kind":"Event"}\n`), malformed: 1 },
    { what: 'JSON that is no object', spoil: adds('[1,2,3]\n"text"\n42\n'), malformed: 3 },
    { what: 'invalid UTF-8', spoil: adds(Buffer.from([0x7b, 0xff, 0xfe, 0x80, 0x7d, 0x0a])), malformed: 1 },
    { what: 'control characters', spoil: adds('\u001b[2J\u001b]0;owned\u0007\u0000\u0001\n'), malformed: 1 },
    { what: 'nesting without an end', spoil: adds(`${'{"a":'.repeat(100_000)}\n`), malformed: 1 },
    {
      what: 'an event with invalid UTF-8 in it',
      spoil: adds(Buffer.from('{"kind":"Event","x":"\xff\xc0"}\n', 'latin1')),
    },
    { what: 'blank lines', spoil: adds('\n\r\n   \n') },
    { what: 'an empty event', spoil: adds('{}\n') },
    {
      what: 'an event of wrong types',
      spoil: adds('{"requestObject":[[]],"user":7,"sourceIPs":{"a":null},"stageTimestamp":9}\n'),
    },
  ];
  const hole: Bad = { what: 'a hole', spoil: addHole };
  const longLine: Bad = { what: 'a long line', spoil: addLongLine };
  const all = [...lines, hole, longLine];
  const owner = ownedByBlock();
  const writers: AuditWriter[] = [];
  let replayed: Awaited<ReturnType<typeof replayEach>> = [];
  beforeAll(async () => {
    const workspace = new Workspace(owner);
    for (const [index, { spoil }] of all.entries()) {
      const directory = workspace.path(`logs-${index}`);
      mkdirSync(directory);
      const writer = new AuditWriter(directory, new AuditEvents(8, Date.now()));
      writer.write(50);
      writer.writeSuspicious();
      spoil(writer.path);
      writer.writeSuspicious();
      writer.write(50);
      writers.push(writer);
    }
    replayed = await replayEach(
      workspace,
      writers.map(({ path }) => path),
    );
  }, 60_000);

  for (const line of lines) {
    test(line.what, () => {
      const { malformed = 0 } = line;
      expect(outcomeOf(line)).toEqual({ ...fine, malformed, isTold: malformed > 0 });
    });
  }

  test('a hole of NUL bytes is skipped, and the line behind it read', () => {
    expect(outcomeOf(hole)).toEqual({ ...fine, notices: 1 });
  });

  test('a line of 100 MB is skipped, counted and announced, and the next one read', () => {
    expect(outcomeOf(longLine)).toEqual({ ...fine, oversize: 1, notices: 1 });
  });

  function outcomeOf(bad: Bad): Outcome {
    const writer = writers[all.indexOf(bad)] ?? expect.unreachable();
    const { records, report, said } = replayed[all.indexOf(bad)] ?? expect.unreachable();
    return {
      verdict: findings(judge(writer.expected, records)),
      imbalances: imbalances(report),
      malformed: total(report, 'malformed'),
      isTold: /malformed|no event|not valid/i.test(said.join('\n')),
      oversize: total(report, 'oversize'),
      notices: records.filter(({ eventName }) => eventName === 'riskpipe.notice').length,
    };
  }
});

function addHole(path: string): void {
  truncateSync(path, statSync(path).size + 5_000_000);
  appendFileSync(path, '\n');
}

function addLongLine(path: string): void {
  appendFileSync(path, `{"kind":"${'x'.repeat(100_000_000)}"}\n`);
}

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
  const owner = ownedByBlock();
  let workspace: Workspace;
  let backend: Backend;
  let program: Program;
  beforeAll(async () => {
    workspace = new Workspace(owner);
    backend = await workspace.backend();
    mkdirSync(workspace.path('missing'));
    mkdirSync(workspace.path('directory/audit.log'), { recursive: true });
    const include = ['missing', 'directory'].map((name) => workspace.path(`${name}/audit.log`));
    program = await workspace.run(workspace.configure(backend.endpoint, { receiver: { include } }));
  }, 60_000);

  test('a file that is not there', async () => {
    await program.says(/no file matches .*missing\/audit\.log/);
    await until(newLog(workspace.path('missing'), 10, backend), () => 'the finding of the new log');
  });

  test('a directory of that name', async () => {
    const path = workspace.path('directory/audit.log');
    await program.says(/directory\/audit\.log is a directory|no file matches .*directory\/audit\.log/);
    rmSync(path, { recursive: true });
    await until(newLog(workspace.path('directory'), 11, backend), () => 'the finding of the new log');
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
  const rows: readonly (readonly [string, AnswerPlan | undefined, RegExp])[] = [
    ['500', () => ({ status: 500, body: 'kaput' }), /500/],
    ['401', () => ({ status: 401 }), /401/],
    ['a redirect', () => ({ status: 302, headers: { location: 'http://192.0.2.1/' } }), /302/],
    ['garbage', () => ({ status: 599, body: '\u001b[2J\u0000garbage' }), /599/],
    ['an answer cut short', () => ({ status: 200, store: false, cut: true }), /ECONNRESET|hang up|closed/i],
    ['nobody listens', undefined, /ECONNREFUSED/],
  ];
  const owner = ownedByBlock();
  const ports: number[] = [];
  const backends: Backend[] = [];
  let workspace: Workspace;
  let writer: AuditWriter;
  let program: Program;
  // One program with an exporter for each of them: none waits for another.
  beforeAll(async () => {
    workspace = new Workspace(owner);
    writer = new AuditWriter(workspace.logs, new AuditEvents(8, Date.now()));
    writer.write(200);
    for (const [, plan] of rows) {
      const backend = await workspace.backend(plan);
      backends.push(backend);
      ports.push(backend.port);
      if (plan === undefined) await backend.close();
    }
    const exporters = ports.map(
      (port, index) => [`otlp_http/${index}`, impatientExporter(`http://127.0.0.1:${port}`)] as const,
    );
    const config = workspace.configure('', { exporters: Object.fromEntries(exporters) });
    program = await workspace.run(config);
  }, 60_000);

  for (const [index, [what, plan, complaint]] of rows.entries()) {
    test(what, async () => {
      await until(
        () =>
          program.log.some(({ component, msg }) => component === `otlp_http/${index}` && complaint.test(msg)),
        () => `otlp_http/${index} to say ${String(complaint)}; it said:\n${program.stderr}`,
      );
      expect(program.stderr).not.toContain('\u001b');
      const working = plan === undefined ? await workspace.backend(undefined, ports[index]) : backends[index];
      const backend = working ?? expect.unreachable();
      expect(backend.kept.size).toBe(0);
      backend.answerWith(() => ({ status: 200 }));
      const arrivals = new Arrivals(writer, backend);
      await until(
        () => arrivals.complete,
        () => `${writer.expected.size} records; there are ${backend.kept.size}`,
      );
      expect(judge(writer.expected, backend.records)).toEqual(flawless);
    });
  }
});
