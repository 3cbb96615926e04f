import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Backend } from '../e2e/backend.ts';
import { freePorts } from '../e2e/free-ports.ts';
import { Program } from '../e2e/process.ts';
import { until } from '../e2e/until.ts';
import { Workspace } from '../e2e/workspace.ts';
import { azureRecords, firehose, pubsubPush, subscription } from '../envelope/packers.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const config = 'examples/cloud-logs.yaml';
const lines = readFileSync(`${root}examples/audit.log`, 'utf8').split('\n').slice(0, -1);

const risksIn = ({ records }: Backend): readonly unknown[] =>
  records.filter(({ attributes }) => 'risk.object' in attributes);

describe('examples/cloud-logs.yaml finds what the sample log holds', () => {
  test('in a file of subscriptions', async () => {
    const workspace = new Workspace();
    const backend = await workspace.backend();
    const pages = Array.from({ length: 6 }, (_, page) =>
      subscription(lines.slice(page * 10, page * 10 + 10)),
    );
    const environment = {
      CLOUD_LOGS: workspace.write('object.log', `${pages.join('\n')}\n`),
      OTLP_ENDPOINT: backend.endpoint,
      RISKPIPE_STATE: workspace.path('state'),
    };
    const program = new Program(['replay', '--config', config], { directory: root, environment });
    expect(await program.ended(60_000), program.stderr).toBe(0);
    expect(risksIn(backend)).toHaveLength(4);
    expect(backend.wrong).toEqual([]);
  });

  test.each([
    [
      'Firehose',
      firehose([gzipSync(subscription(lines.slice(0, 30))), gzipSync(subscription(lines.slice(30)))]),
    ],
    ['an Event Hub', azureRecords(lines)],
    ['Pub/Sub', pubsubPush(lines.join('\n'))],
  ])('in what %s posts', async (_, body) => {
    const workspace = new Workspace();
    const backend = await workspace.backend();
    const [port = 0] = await freePorts(1);
    const environment = {
      CLOUD_LOGS: workspace.path('nothing'),
      HTTP_ENDPOINT: `127.0.0.1:${port}`,
      OTLP_ENDPOINT: backend.endpoint,
      RISKPIPE_STATE: workspace.path('state'),
    };
    const program = new Program(['--config', config], { directory: root, environment });
    const isListening = (): boolean => program.stderr.includes('listening for audit events');
    await until(isListening, () => program.stderr);
    const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body });
    expect(response.status).toBe(200);
    const isThere = (): boolean => risksIn(backend).length >= 4;
    await until(isThere, () => `4 risk events; it said:\n${program.stderr}`);
    program.signal('SIGTERM');
    expect(await program.ended(60_000), program.stderr).toBe(0);
    expect(risksIn(backend)).toHaveLength(4);
    expect(backend.wrong).toEqual([]);
  });
});
