import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { Program } from '../e2e/process.ts';
import { Workspace } from '../e2e/workspace.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
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
  const program = new Program(['validate', '--config', config], {
    directory: root,
    environment: { ESCU: '/nowhere' },
  });
  expect(await program.ended()).toBe(1);
  expect(program.stdout).toContain('no file matches "/nowhere/detections/**/kubernetes_access_scanning.yml"');
});
