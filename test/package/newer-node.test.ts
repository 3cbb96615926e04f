import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, inject, test } from 'vitest';
import { Program } from '../e2e/process.ts';
import { until } from '../e2e/until.ts';
import { Workspace } from '../e2e/workspace.ts';
import { zstdRun } from '../net/raw-zstd.ts';
import { jsonRequest } from '../receivers/otlp/bench.ts';

const node = inject('newerNode');
const lines = readFileSync('examples/audit.log', 'utf8').split('\n').slice(0, -1);

describe.skipIf(node === '')('a Node that unpacks zstd by itself', () => {
  test('runs the program, which finds in a packed body what the log holds', async () => {
    const { post, backend } = await scene();
    expect(await post(zstd(jsonRequest(...lines)))).toBe(200);
    await until(
      () => backend.kept.size === 4,
      () => `4 records at the backend, which has ${backend.kept.size}`,
    );
    expect(backend.wrong).toEqual([]);
  });

  test('unpacks no bomb, and nothing that is broken', async () => {
    const { post } = await scene();
    expect(await post(zstdRun(100 * 2 ** 20))).toBe(413);
    expect(await post(zstdRun(1_000, 0xff))).toBe(400);
    expect(await post(zstd(jsonRequest(...lines)).subarray(0, -9))).toBe(400);
    expect(await post(zstd(jsonRequest('{}')))).toBe(200);
  });
});

/** The program on that Node, as an example has it beside a Collector; `post` sends it a body and gives the status. */
async function scene() {
  const workspace = new Workspace();
  const backend = await workspace.backend();
  const sets = [
    'receivers.otlp.protocols.http.endpoint=127.0.0.1:0',
    `exporters.otlp_http.endpoint=${backend.endpoint}`,
    'extensions.health_check.endpoint=127.0.0.1:0',
    'service.telemetry.metrics.level=none',
    'service.telemetry.logs.encoding=json',
  ].flatMap((set) => ['--set', set]);
  const environment = { RISKPIPE_STATE: workspace.state };
  const args = ['--config', 'examples/sidecar/riskpipe.yaml', ...sets];
  const program = new Program(args, { node, environment });
  const said = await program.says(/listening for OTLP\/HTTP on/);
  await program.ready();
  const url = `http://${said.replace(/.* /, '')}/v1/logs`;
  const headers = { 'Content-Type': 'application/json', 'Content-Encoding': 'zstd' };
  const post = async (body: Uint8Array): Promise<number> =>
    (await fetch(url, { method: 'POST', headers, body })).status;
  return { backend, post };
}

/** Packed by that Node: ours may not know how. */
function zstd(text: string): Buffer {
  const script = 'process.stdout.write(zlib.zstdCompressSync(fs.readFileSync(0)))';
  const { status, stdout, stderr } = spawnSync(node, ['-e', script], { input: text });
  if (status !== 0) throw new Error(stderr.toString());
  return stdout;
}
