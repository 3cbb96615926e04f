import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { AuditEvents, type Expected } from '../e2e/audit-events.ts';
import type { Backend } from '../e2e/backend.ts';
import { freePorts } from '../e2e/free-ports.ts';
import { seeded } from '../e2e/random.ts';
import { statusOf } from '../e2e/status.ts';
import { until } from '../e2e/until.ts';
import { judge } from '../e2e/verdict.ts';
import { Workspace } from '../e2e/workspace.ts';
import { eventList } from '../receivers/kubernetes-audit/bench.ts';
import { faultTest } from './fault-test.ts';
import { seed, size } from './knobs.ts';

/** Half of them when something has reached the backend, half of them at a random moment around the answer. */
const kills = size('WEBHOOK_KILLS', 100);
const batchSize = 100;

/** The configuration of a workspace, with the webhook in place of the file. */
function configured(workspace: Workspace, backend: Backend, port: number): string {
  const config: object = JSON.parse(readFileSync(workspace.configure(backend.endpoint), 'utf8'));
  const receivers = { kubernetes_audit: { endpoint: `127.0.0.1:${port}` } };
  const text = JSON.stringify({ ...config, receivers });
  return workspace.write('webhook.yaml', text.replaceAll('"file_log"', '"kubernetes_audit"'));
}

/** Batches of events, and what is to be found in all of them. */
function batches(count: number) {
  const events = new AuditEvents(seed, Date.now());
  const expected = new Map<string, Expected & { readonly counted: undefined }>();
  const bodies = Array.from({ length: count }, () => {
    const lines = Array.from({ length: batchSize }, () => events.next());
    for (const { expected: wanted } of lines) {
      if (wanted !== undefined) expected.set(wanted.key, { ...wanted, counted: undefined });
    }
    return eventList(...lines.map(({ text }) => text));
  });
  return { bodies, expected };
}

faultTest(
  `K1: killed ${kills} times around the answer of the webhook`,
  { timeoutMs: 60_000 + kills * 4_000 },
  async (verdict) => {
    const random = seeded(seed);
    const workspace = new Workspace();
    const backend = await workspace.backend();
    const [port = 0] = await freePorts(1);
    const config = configured(workspace, backend, port);
    const { bodies, expected } = batches(kills + 1);
    const post = async (body: string): Promise<number> =>
      (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body })).status;

    let answered = 0;
    for (; verdict.fired < kills; verdict.fired++) {
      const life = await workspace.run(config);
      // Of the batch whose answer was lost, and then of this one.
      const before = bodies[verdict.fired - 1];
      if (before !== undefined) expect(await post(before)).toBe(200);
      const had = backend.records.length;
      const answer = post(bodies[verdict.fired] ?? '').catch(() => 0);
      if (verdict.fired % 2 === 0) {
        // What has reached the backend was committed.
        await until(
          () => backend.records.length > had,
          () => `a finding of batch ${verdict.fired}; it said:\n${life.stderr}`,
        );
      } else await sleep(random() * 20);
      life.signal('SIGKILL');
      expect(await life.ended()).toBe('SIGKILL');
      if ((await answer) === 200) answered++;
    }
    const last = await workspace.run(config);
    for (const body of bodies.slice(-2)) expect(await post(body)).toBe(200);
    const missing = (): readonly string[] => judge(expected, backend.records).lost;
    await until(
      () => missing().length === 0,
      () => `all findings; missing: ${missing().join(', ')}`,
    );
    last.signal('SIGTERM');
    expect(await last.ended(), last.stderr).toBe(0);

    process.stdout.write(`K1: ${answered} of ${kills} answers of the webhook came through\n`);
    verdict.hold(expected, backend);
    const { status } = await statusOf(config, workspace.directory);
    const counted = status.equations.find(({ what }) => what === 'logs: lines read')?.total;
    const sent = bodies.length * batchSize;
    if (!status.holds) verdict.unaccounted.push('the equations do not hold');
    if (counted !== sent) verdict.unaccounted.push(`${counted} events were counted, ${sent} were sent`);
  },
);
