import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Arrivals } from './arrivals.ts';
import { AuditEvents } from './audit-events.ts';
import { AuditWriter } from './audit-writer.ts';
import { until } from './until.ts';
import { flawless, judge } from './verdict.ts';
import { Workspace } from './workspace.ts';

test('an appended line arrives at the backend', async () => {
  const workspace = new Workspace();
  const backend = await workspace.backend();
  const writer = new AuditWriter(workspace.logs, new AuditEvents(1, Date.now()));
  const arrivals = new Arrivals(writer, backend);
  await workspace.run(workspace.configure(backend.endpoint));
  const latencies: number[] = [];
  for (let round = 0; round < 20; round++) {
    writer.write(20);
    const written = performance.now();
    const { key } = writer.writeSuspicious();
    await until(
      () => arrivals.has(key),
      () => key,
    );
    latencies.push(arrivals.at - written);
  }
  await until(
    () => arrivals.complete,
    () => `${writer.expected.size} records; there are ${backend.kept.size}`,
  );
  expect(judge(writer.expected, backend.records)).toEqual(flawless);
  latencies.sort((a, b) => a - b);
  console.log(
    `from write to backend: median ${latencies[10]?.toFixed(0)} ms, worst ${latencies[19]?.toFixed(0)} ms`,
  );
});

test('a window closes by wall time: no line has to come after it', async () => {
  const workspace = new Workspace();
  const backend = await workspace.backend();
  const refusals = workspace.write(
    'refusals.yaml',
    JSON.stringify({
      detection: 'refusals',
      title: 'Refusals',
      where: { 'responseStatus.code': 403 },
      window: { every: '1s', lateness: '0s' },
      group_by: [{ field: 'user.username', as: 'user' }],
      measures: { count: 'count()' },
      emit: 'close',
      risk: { message: '{user} was refused', objects: [{ field: 'user', type: 'user', score: 10 }] },
    }),
  );
  const program = await workspace.run(
    workspace.configure(backend.endpoint, { processor: { detections: [refusals], idle_timeout: '1s' } }),
  );
  await program.says(/caught up/);
  const now = new Date().toISOString();
  const event = {
    kind: 'Event',
    stage: 'ResponseComplete',
    stageTimestamp: now,
    requestReceivedTimestamp: now,
  };
  workspace.write(
    'logs/audit.log',
    `${JSON.stringify({ ...event, user: { username: 'eve' }, responseStatus: { code: 403 } })}\n`,
  );
  await until(
    () => backend.records.some(({ body }) => body === 'eve was refused'),
    () => `the finding of a closed window; it said:\n${program.stderr}`,
  );
});

test('rotation under load loses nothing and repeats nothing', async () => {
  const workspace = new Workspace();
  const backend = await workspace.backend();
  const writer = new AuditWriter(workspace.logs, new AuditEvents(2, Date.now()), {
    rotateEvery: 100,
    split: 0.05,
  });
  const arrivals = new Arrivals(writer, backend);
  await workspace.run(workspace.configure(backend.endpoint));
  // As fast as the files are followed: a new one is begun while older ones are still being read.
  for (let file = 0; file < 60; file++) {
    writer.write(100);
    // A load, not a wait: 20 rotations a second (spec/reliability.md F1).
    await sleep(50);
    await until(
      () => arrivals.newestFile >= file - 8,
      () => `findings of file ${file - 8}`,
    );
    if (file > 20) writer.forget(file - 20);
  }
  await until(
    () => arrivals.complete,
    () => `${writer.expected.size} records; there are ${backend.kept.size}`,
  );
  expect(writer.rotations).toBeGreaterThan(50);
  expect(judge(writer.expected, backend.records)).toEqual(flawless);
});
