import { rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from '../../e2e/free-ports.ts';
import type { BenchCase, Figure } from '../contest.ts';
import { Cluster } from '../corpus/cluster.ts';
import { nextLine } from '../corpus/mix.ts';
import { Assembly } from '../lab/assembly.ts';
import { configFile } from '../lab/contestants.ts';
import { seedSet } from '../lab/detection-sets.ts';
import type { Lab } from '../lab/lab.ts';
import { Sidecar } from '../lab/sidecar.ts';

const flood = 'riskpipe, webhook, 15 batches of 400 at a time';
const steady = 'riskpipe, webhook, 4,000 events/s';
const batch = 400;
/** What an API server sends at most, by default (spec/k8s-audit.md §5). */
const batchesPerSecond = 10;
const atOnce = 15;

export const webhook: BenchCase = {
  name: 'webhook',
  title: '16. The audit webhook, durable before the answer',
  logs: 'synthetic',
  async prepare(lab) {
    return new Assembly(lab.shelf)
      .add({ name: flood, run: () => flooded(lab) }, { name: steady, run: () => paced(lab) })
      .contest([
        { kind: 'least', of: flood, unit: 'events/s', must: 4_000, aim: 20_000 },
        { kind: 'most', of: `${steady}, CPU`, unit: '% of a core', must: 50, aim: 20 },
        { kind: 'most', of: `${steady}, peak memory`, unit: 'MB', must: 150, aim: 120 },
      ]);
  },
};

/** As many as are taken while so many are under way at a time. */
async function flooded(lab: Lab): Promise<readonly Figure[]> {
  const { sidecar, post } = await started(lab, 'webhook-flood');
  try {
    const begin = performance.now();
    let taken = 0;
    const sender = async (): Promise<void> => {
      for (; performance.now() - begin < lab.watchMs; taken += batch) await post();
    };
    await Promise.all(Array.from({ length: atOnce }, sender));
    const value = (taken * 1_000) / (performance.now() - begin);
    return [{ name: flood, unit: 'events/s', value }];
  } finally {
    await sidecar.stop();
  }
}

/** What an API server sends in a busy cluster. */
async function paced(lab: Lab): Promise<readonly Figure[]> {
  const { sidecar, post } = await started(lab, 'webhook-steady');
  try {
    const value = await sidecar.usageDuring(async () => {
      const sent: Promise<void>[] = [];
      for (let count = (lab.watchMs / 1_000) * batchesPerSecond; count > 0; count--) {
        sent.push(post());
        await sleep(1_000 / batchesPerSecond);
      }
      await Promise.all(sent);
    });
    return [
      { name: `${steady}, CPU`, unit: '% of a core', value },
      { name: `${steady}, peak memory`, unit: 'MB', value: sidecar.peakMegabytes },
    ];
  } finally {
    await sidecar.stop();
  }
}

async function started(
  lab: Lab,
  name: string,
): Promise<{ readonly sidecar: Sidecar; readonly post: () => Promise<void> }> {
  const storedIn = lab.scratch.path(`${name}-state`);
  rmSync(storedIn, { recursive: true, force: true });
  const [port = 0] = await freePorts(1);
  const receivers = { kubernetes_audit: { endpoint: `127.0.0.1:${port}` } };
  const sidecar = await Sidecar.start(configFile(lab, name, seedSet, { receivers, storedIn }));
  return { sidecar, post: posting(port) };
}

/** Posts a batch that never came before; rejects if it is not taken. */
function posting(port: number): () => Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const cluster = new Cluster(batch);
  const items = Array.from({ length: batch }, () => nextLine(cluster)).join(',');
  const rest = `},"items":[${items}]}\n`;
  let count = 0;
  return () =>
    new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, method: 'POST', agent });
      asked.on('error', reject);
      asked.on('response', (response) => {
        response.resume();
        response.on('end', resolve);
        if (response.statusCode !== 200) reject(new Error(`it answered ${response.statusCode}`));
      });
      const head = `{"kind":"EventList","apiVersion":"audit.k8s.io/v1","metadata":{"resourceVersion":"${count++}"`;
      asked.end(head + rest);
    });
}
