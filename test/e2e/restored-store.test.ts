import { cpSync, rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { AuditEvents } from './audit-events.ts';
import { AuditWriter } from './audit-writer.ts';
import { until } from './until.ts';
import { flawless, judge } from './verdict.ts';
import { Workspace } from './workspace.ts';

test('with a store that was put back from an older copy all since then is found again, with the ids that it had', async () => {
  const workspace = new Workspace();
  const backend = await workspace.backend();
  const writer = new AuditWriter(workspace.logs, new AuditEvents(30, Date.now()));
  const config = workspace.configure(backend.endpoint);
  const copy = workspace.path('copy');
  const runOn = async (): Promise<void> => {
    writer.write(500);
    const program = await workspace.run(config);
    await until(
      () => backend.kept.size >= writer.expected.size,
      () => `all that was expected; it said:\n${program.stderr}`,
    );
    program.signal('SIGTERM');
    expect(await program.ended(), program.stderr).toBe(0);
  };
  await runOn();
  cpSync(workspace.state, copy, { recursive: true });
  const copied = backend.kept.size;
  await runOn();
  const once = backend.kept.size;
  expect(once).toBeGreaterThan(copied);
  expect(backend.redelivered).toBe(0);
  rmSync(workspace.state, { recursive: true });
  cpSync(copy, workspace.state, { recursive: true });
  await runOn();
  expect(backend.redelivered).toBe(once - copied);
  expect(judge(writer.expected, backend.records)).toEqual(flawless);
});
