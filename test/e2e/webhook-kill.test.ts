import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { eventList } from '../receivers/kubernetes-audit/bench.ts';
import { AuditEvents, type Expected } from './audit-events.ts';
import type { Backend } from './backend.ts';
import { freePorts } from './free-ports.ts';
import { seeded } from './random.ts';
import { statusOf } from './status.ts';
import { until } from './until.ts';
import { flawless, judge } from './verdict.ts';
import { Workspace } from './workspace.ts';

const seed = Number(process.env['RISKPIPE_SEED'] ?? 20_260_412);
/** Half of them when something has reached the backend, half of them at a random moment around the answer. */
const kills = 4;
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

test(
  `killed ${kills} times around the answer, the webhook counts every batch once`,
  { timeout: 120_000 },
  async () => {
    const random = seeded(seed);
    const workspace = new Workspace();
    const backend = await workspace.backend();
    const [port = 0] = await freePorts(1);
    const config = configured(workspace, backend, port);
    const { bodies, expected } = batches(kills + 1);
    const post = async (body: string): Promise<number> =>
      (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body })).status;

    let answered = 0;
    for (const [index, body] of bodies.slice(0, kills).entries()) {
      const life = await workspace.run(config);
      // Of the batch whose answer was lost, and then of this one.
      const before = bodies[index - 1];
      if (before !== undefined) expect(await post(before)).toBe(200);
      const had = backend.records.length;
      const answer = post(body).catch(() => 0);
      if (index % 2 === 0) {
        // What has reached the backend was committed.
        await until(
          () => backend.records.length > had,
          () => `a finding of batch ${index}; it said:\n${life.stderr}`,
        );
      } else await sleep(random() * 20);
      life.signal('SIGKILL');
      expect(await life.ended()).toBe('SIGKILL');
      if ((await answer) === 200) answered++;
    }
    const last = await workspace.run(config);
    for (const body of bodies.slice(-2)) expect(await post(body)).toBe(200);
    await until(
      () => backend.records.length >= expected.size,
      () => `all findings; missing: ${judge(expected, backend.records).lost.join(', ')}`,
    );
    last.signal('SIGTERM');
    expect(await last.ended(), last.stderr).toBe(0);

    console.log(`seed ${seed}: ${kills} kills, ${answered} answers came through, ${expected.size} findings`);
    expect(judge(expected, backend.records)).toEqual(flawless);
    const { status } = await statusOf(config, workspace.directory);
    expect(status.holds).toBe(true);
    const { total } = status.equations.find(({ what }) => what === 'logs: lines read') ?? {};
    expect(total).toBe(bodies.length * batchSize);
  },
);
