import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { Program } from '../e2e/process.ts';
import { Workspace } from '../e2e/workspace.ts';
import { wrapped } from '../receivers/file-log/container/container-log.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

test('examples/container-log.yaml finds in a wrapped log what the sample log holds', async () => {
  const workspace = new Workspace();
  const backend = await workspace.backend();
  const lines = readFileSync(`${root}examples/audit.log`, 'utf8').split('\n').slice(0, -1);
  const environment = {
    POD_LOGS: workspace.write('0.log', wrapped(lines, 700)),
    OTLP_ENDPOINT: backend.endpoint,
    RISKPIPE_STATE: workspace.path('state'),
  };
  const config = 'examples/container-log.yaml';
  const program = new Program(['replay', '--config', config], { directory: root, environment });
  expect(await program.ended(60_000), program.stderr).toBe(0);
  const events = backend.records.filter(({ attributes }) => 'risk.object' in attributes);
  expect(events).toHaveLength(4);
  expect(backend.wrong).toEqual([]);
});
