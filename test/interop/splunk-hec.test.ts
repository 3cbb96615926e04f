import { fileURLToPath } from 'node:url';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { stringify } from 'yaml';
import { AuditEvents } from '../e2e/audit-events.ts';
import { AuditWriter } from '../e2e/audit-writer.ts';
import { until } from '../e2e/until.ts';
import { Workspace } from '../e2e/workspace.ts';
import { HecServer, type HecEvent } from '../exporters/splunk-hec/hec-server.ts';
import { Collector } from './collector.ts';

const binary = inject('collector');
const missing = inject('missing');
const fileOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const token = 'interop-token';

/** A detection as Splunk publishes them: with a story, annotations of frameworks, and a threat object. */
const published = {
  name: 'Refused requests',
  id: '7f9c0f43-9d3a-4f25-9b8e-0a7f3c1d5e21',
  version: 1,
  status: 'production',
  type: 'Anomaly',
  description: 'Somebody is refused.',
  data_source: ['Kubernetes Audit'],
  search: [
    'source="kubernetes" responseStatus.code=403',
    '| stats count by user.username verb sourceIPs{}',
    '| rename user.username as user, sourceIPs{} as src_ip',
  ].join(' '),
  rba: {
    message: '$user$ was refused from $src_ip$',
    risk_objects: [{ field: 'user', type: 'user', score: 30 }],
    threat_objects: [{ field: 'src_ip', type: 'ip_address' }],
  },
  tags: {
    analytic_story: ['Kubernetes Security', 'Refusals'],
    asset_type: 'Kubernetes',
    mitre_attack_id: ['T1526', 'T1078'],
    product: ['Splunk Enterprise Security'],
    security_domain: 'network',
  },
};

describe.skipIf(missing !== '')(`Splunk's HEC${missing && `: ${missing}`}`, () => {
  test('gets the same events from our splunk_hec as from that of a Collector behind our otlp_http', async () => {
    const workspace = new Workspace();
    const [direct, collected] = [await hec(), await hec()];
    const collector = await Collector.start(binary, workspace.path('none'), {
      configs: [fileOf('../../examples/collector-splunk.yaml'), fileOf('health.yaml')],
      environment: (listen) => ({
        OTLP_LISTEN: listen,
        SPLUNK_HEC_URL: collected.url,
        SPLUNK_HEC_TOKEN: token,
      }),
    });
    const writer = new AuditWriter(workspace.logs, new AuditEvents(7, Date.now()));
    writer.write(1_000);
    const file = workspace.write('refused_requests.yml', stringify(published));
    const splunkHec = { endpoint: direct.url, token, index: 'risk', sourcetype: 'riskpipe:risk' };
    const config = workspace.configure('', {
      receiver: { resource: { 'host.name': 'node-1', 'k8s.cluster.name': 'interop' } },
      processor: { detections: [...workspace.detections(), file] },
      exporters: { otlp_http: { endpoint: collector.endpoint }, splunk_hec: splunkHec },
    });
    await workspace.replay(config);

    const ours = byUid(direct.events.filter(({ fields }) => fields?.['risk_object'] !== undefined));
    expect(ours.size).toBeGreaterThan(20);
    await until(
      () => collected.events.length >= ours.size,
      () => `${ours.size} events behind the Collector, of which ${collected.events.length} came`,
    );
    const theirs = byUid(collected.events);
    expect([...theirs.keys()].sort()).toEqual([...ours.keys()].sort());
    const compared = new Map<string, number>();
    for (const [uid, event] of ours) {
      const own = comparable(event);
      expect(own).toEqual(comparable(theirs.get(uid)));
      for (const name of Object.keys(own)) compared.set(name, (compared.get(name) ?? 0) + 1);
    }
    expect([...compared.keys()]).toEqual(expect.arrayContaining(expected));
    console.log(`${ours.size} events are alike in each of ${compared.size} fields:\n${listed(compared)}`);
  });
});

/** What Splunk ES cannot do without; each has to have been there. */
const expected = [
  'host',
  'index',
  'source',
  'sourcetype',
  'time',
  'event',
  'risk_object',
  'risk_object_type',
  'risk_score',
  'risk_message',
  'search_name',
  'analyticstories',
  'threat_object',
  'threat_object_type',
  'annotations._all',
  'annotations.mitre_attack',
  'annotations.mitre_attack.mitre_tactic_id',
  'annotations.nist',
  'info_min_time',
  'user',
  'src_ip',
];

async function hec(): Promise<HecServer> {
  const server = await HecServer.start({ token, indexes: ['risk'] });
  onTestFinished(() => server.stop());
  return server;
}

const byUid = (events: readonly HecEvent[]): ReadonlyMap<string, HecEvent> =>
  new Map(events.map((event) => [String(event.fields?.['log.record.uid']), event]));

/** All members in one, with what may differ made alike: a double holds no nanoseconds, and frameworks have no order. */
function comparable(event: HecEvent | undefined): Readonly<Record<string, unknown>> {
  const { fields = {}, time = 0, ...rest } = event ?? {};
  const values = Object.entries(fields).map(([name, value]) => [name, parsed(value)]);
  const all = [fields['annotations._all'] ?? []].flat().map(String).sort();
  return {
    ...rest,
    ...Object.fromEntries(values),
    ...(all.length > 0 && { 'annotations._all': all }),
    time: Math.round(time * 1_000),
  };
}

function parsed(value: unknown): unknown {
  return typeof value === 'string' && value.startsWith('[{') ? JSON.parse(value) : value;
}

const listed = (counts: ReadonlyMap<string, number>): string =>
  Array.from(counts, ([name, count]) => `  ${name}: ${count}`)
    .sort()
    .join('\n');
