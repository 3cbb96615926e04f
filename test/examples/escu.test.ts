import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { riskpipe, root } from '../commands/riskpipe.ts';
import { Program } from '../e2e/process.ts';
import { Workspace } from '../e2e/workspace.ts';

const escu = `${root}../shared/data/escu`;
const config = 'examples/escu.yaml';

test.skipIf(!existsSync(escu))(
  'examples/escu.yaml runs the published detections (../shared/data/escu) on the sample log',
  async () => {
    const workspace = new Workspace();
    const backend = await workspace.backend();
    const environment = {
      ESCU: escu,
      AUDIT_LOG: `${root}examples/audit.log`,
      OTLP_ENDPOINT: backend.endpoint,
      RISKPIPE_STATE: workspace.path('state'),
    };
    const program = new Program(['replay', '--config', config], { directory: root, environment });
    expect(await program.ended(60_000), program.stderr).toBe(0);
    const events = [...backend.kept.values()].filter(({ record }) => 'risk.object' in record.attributes);
    const messages = events.map(({ record }) => String(record.attributes['risk.message']));
    expect(messages.filter((text) => text.startsWith('Suspicious image'))).toHaveLength(4);
    expect(backend.wrong).toEqual([]);
  },
);

test('examples/escu.yaml names the 15 detections of the audit log, each once', () => {
  const names = readFileSync(`${root}${config}`, 'utf8').match(/kubernetes_\w+\.yml/g) ?? [];
  expect([names.length, new Set(names).size]).toEqual([15, 15]);
});

test('a checkout that is not there is told, name by name', async () => {
  const environment = { ESCU: '/nowhere' };
  const { status, stdout } = await riskpipe(['validate', '--config', config], { environment });
  expect(status).toBe(1);
  expect(stdout).toContain('no file matches "/nowhere/detections/**/kubernetes_access_scanning.yml"');
});
