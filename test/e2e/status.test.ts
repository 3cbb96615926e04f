import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { riskpipe } from '../commands/riskpipe.ts';
import { AuditEvents } from './audit-events.ts';
import { AuditWriter } from './audit-writer.ts';
import { freePorts } from './free-ports.ts';
import { statusOf } from './status.ts';
import { until } from './until.ts';
import { Workspace } from './workspace.ts';

/** A workspace whose log holds findings already. */
function scene(): { workspace: Workspace; writer: AuditWriter } {
  const workspace = new Workspace();
  const writer = new AuditWriter(workspace.logs, new AuditEvents(6, Date.now()));
  writer.write(500);
  return { workspace, writer };
}

test('of a running and of a stopped instance it tells the same accounts, and all hold', async () => {
  const { workspace, writer } = scene();
  const backend = await workspace.backend();
  const config = workspace.configure(backend.endpoint);
  const program = await workspace.run(config);
  await until(
    () => backend.kept.size >= writer.expected.size,
    () => 'all findings',
  );
  const running = await statusOf(config, workspace.directory);
  expect(running).toMatchObject({ exit: 0, status: { state: 'running', holds: true } });
  expect(running.status.process?.pid).toBe(program.id);
  program.signal('SIGTERM');
  expect(await program.ended(), program.stderr).toBe(0);
  const stopped = await statusOf(config, workspace.directory);
  expect(stopped).toMatchObject({ exit: 0, status: { state: 'stopped', holds: true } });
  expect(stopped.status.process).toBeUndefined();
  const [lines] = stopped.status.equations;
  expect(lines).toMatchObject({ what: 'logs: lines read', total: writer.lines });
  expect(stopped.status.files).toEqual({ file_log: [{ path: writer.path, lag: 0 }] });
});

test('after a kill it tells what was committed, and that it holds; the socket that is left is no instance', async () => {
  const { workspace, writer } = scene();
  const backend = await workspace.backend(() => ({ status: 503 }));
  const config = workspace.configure(backend.endpoint);
  const program = await workspace.run(config);
  await until(
    () => backend.seen.requests > 0,
    () => 'a request',
  );
  program.signal('SIGKILL');
  await program.ended();
  writer.write(10);
  const { exit, status } = await statusOf(config, workspace.directory);
  expect(exit).toBe(0);
  expect(status.state).toBe('stopped');
  expect(status.exporters['otlp_http']?.['queued']).toBeGreaterThan(0);
  expect(status.oldest['otlp_http']?.ageSeconds).toBeGreaterThanOrEqual(0);
  expect(status.files['file_log']?.[0]?.lag).toBeGreaterThan(0);
  const second = await workspace.run(config);
  expect((await statusOf(config, workspace.directory)).status.process?.pid).toBe(second.id);
});

test('a store directory whose path is too long for a socket answers all the same', async () => {
  const { workspace } = scene();
  const backend = await workspace.backend();
  const deep = join(workspace.directory, 'x'.repeat(120));
  mkdirSync(deep);
  const config = workspace.configure(backend.endpoint, { storedIn: join(deep, 'state') });
  const program = await workspace.run(config);
  const { status } = await statusOf(config, workspace.directory);
  expect(status.process?.pid).toBe(program.id);
});

for (const [what, wishes, message] of [
  ['nothing has run yet', {}, /could not tell the status: there is no store in /],
  ['nothing is stored', { storedIn: undefined }, /the configuration starts no file_storage/],
] as const) {
  test(`4 if ${what}`, async () => {
    const workspace = new Workspace();
    const config = workspace.configure('http://127.0.0.1:1', wishes);
    const { status, stderr } = await riskpipe(['status', '--config', config], workspace);
    expect([status, stderr]).toEqual([4, expect.stringMatching(message)]);
  });
}

test('health is red while a backend refuses our credentials, with the reason, and green without trouble', async () => {
  const { workspace, writer } = scene();
  const backend = await workspace.backend();
  const [port = 0] = await freePorts(1);
  const health = `127.0.0.1:${port}`;
  const config = workspace.configure(backend.endpoint, {
    extensions: { health_check: { endpoint: health } },
  });
  const program = await workspace.run(config);
  expect((await fetch(`http://${health}/`)).status).toBe(200);
  backend.answerWith(() => ({ status: 401 }));
  writer.writeSuspicious();
  let said = '';
  const answer = await until(
    async () => {
      const response = await fetch(`http://${health}/`);
      said = await response.text();
      return response.status === 503 && said;
    },
    () => `503; it said ${said}\n${program.stderr}`,
  );
  expect(JSON.parse(answer)).toMatchObject({
    status: 'Server not available',
    reasons: [{ component: 'otlp_http' }],
  });
  expect(answer).toContain('401');
});

test('a health port that is taken ends the start with 4 and says what to do', async () => {
  const workspace = new Workspace();
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const config = workspace.configure('http://127.0.0.1:1', {
    extensions: { health_check: { endpoint: `127.0.0.1:${port}` } },
  });
  const program = workspace.start(['--config', config]);
  expect(await program.ended()).toBe(4);
  expect(program.stderr).toContain('another program listens there; stop it, or write another port');
});
