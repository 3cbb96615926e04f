import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { Program } from '../e2e/process.ts';
import { Workspace } from '../e2e/workspace.ts';
import { HecServer } from '../exporters/splunk-hec/hec-server.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

test('examples/splunk-hec.yaml brings the risk events of the sample log into the index of Splunk ES', async () => {
  const workspace = new Workspace();
  const server = await HecServer.start({ token: 'from-a-file', indexes: ['risk'] });
  onTestFinished(() => server.stop());
  const environment = {
    AUDIT_LOG: `${root}examples/audit.log`,
    CLUSTER_NAME: 'example',
    SPLUNK_HEC_URL: server.url,
    SPLUNK_HEC_TOKEN_FILE: workspace.write('token', 'from-a-file\n'),
    RISKPIPE_STATE: workspace.path('state'),
  };
  const program = new Program(['replay', '--config', 'examples/splunk-hec.yaml'], {
    directory: root,
    environment,
  });
  expect(await program.ended(60_000), program.stderr).toBe(0);
  expect(server.events).toHaveLength(4);
  for (const event of server.events) {
    expect(event).toMatchObject({
      source: 'ESCU - Kubernetes suspicious image pulling - Rule',
      sourcetype: 'riskpipe:risk',
      index: 'risk',
      event: expect.stringMatching(/^Suspicious image .* pulled in Kubernetes/),
      fields: {
        risk_object_type: 'user',
        risk_score: 20,
        'annotations.mitre_attack': ['T1526'],
        threat_object_type: ['ip_address'],
        'k8s.cluster.name': 'example',
      },
    });
  }
  expect(program.stderr).not.toContain('from-a-file');
});
