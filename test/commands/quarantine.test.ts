import { expect, test } from 'vitest';
import { freePorts } from '../e2e/free-ports.ts';
import { Workspace } from '../e2e/workspace.ts';
import { builtRiskpipe } from './built-riskpipe.ts';
import { riskpipe } from './riskpipe.ts';

const stored = (workspace: Workspace, port: number): string =>
  workspace.write(
    'config.yaml',
    JSON.stringify({
      receivers: { kubernetes_audit: { endpoint: `127.0.0.1:${port}` } },
      exporters: { nop: null },
      extensions: { file_storage: { directory: workspace.state, create_directory: true } },
      service: {
        extensions: ['file_storage'],
        telemetry: { logs: { encoding: 'json' } },
        pipelines: { logs: { receivers: ['kubernetes_audit'], exporters: ['nop'] } },
      },
    }),
  );

test('quarantine prints what could not be read, a line each, without its texts', async () => {
  const workspace = new Workspace();
  const [port = 0] = await freePorts(1);
  const config = stored(workspace, port);
  const program = await workspace.run(config);
  for (const body of ['{"verb":"get","password":"hunter2"', 'x']) {
    expect((await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body })).status).toBe(200);
  }
  program.signal('SIGTERM');
  expect(await program.ended()).toBe(0);
  const { status, stdout } = builtRiskpipe(['quarantine', '--config', config]);
  expect(status).toBe(0);
  const rows = stdout.trim().split('\n');
  expect(rows.map((row): unknown => JSON.parse(row))).toMatchObject([
    {
      receiver: 'kubernetes_audit',
      at: expect.stringMatching(/^\d{4}-.*Z$/) as unknown,
      source: '127.0.0.1',
      reason: 'there should be "," or "}" at byte 34',
      bytes: 34,
      text: '{"verb":"get",<8>:<7>',
    },
    { reason: 'there should be "{" at byte 0', bytes: 1, text: '<1>' },
  ]);
});

test('quarantine without a store says so', async () => {
  const workspace = new Workspace();
  const { status, stderr } = await riskpipe(['quarantine', '--config', stored(workspace, 1)]);
  expect([status, stderr]).toEqual([
    4,
    `riskpipe: could not reach the quarantine (riskpipe has to be stopped for that): there is no store in ${workspace.state}\n`,
  ]);
});
