import { stringify } from 'yaml';

/** Keys to replace; one that is undefined is taken away. */
type Change = Readonly<Record<string, unknown>>;

const head = {
  name: 'K8s Scan',
  id: '4d3a17b3-0a6d-4ae0-9421-46623a69c122',
  version: 8,
  date: '2026-03-10',
  author: 'A. Nobody',
  status: 'production',
  type: 'Anomaly',
  description: 'It finds.',
  data_source: ['Kubernetes Audit'],
  search: 'verb=get | stats count by user src_ip | `k8s_scan_filter`',
  how_to_implement: 'With care.',
  known_false_positives: 'None.',
  references: ['https://example.com/'],
};
const tags = {
  analytic_story: ['Kubernetes Security'],
  asset_type: 'Kubernetes',
  mitre_attack_id: ['T1526'],
  product: ['Splunk Enterprise Security'],
  security_domain: 'network',
};

/** A detection file of contentctl 5, with changes to its top level and to its tags. */
export const currentDetection = (change: Change = {}, changedTags: Change = {}): string =>
  stringify({
    ...head,
    rba: {
      message: 'Scan by $user$ from $src_ip$',
      risk_objects: [{ field: 'user', type: 'user', score: 20 }],
      threat_objects: [{ field: 'src_ip', type: 'ip_address' }],
    },
    tags: { ...tags, ...changedTags },
    tests: [
      {
        name: 'True Positive Test',
        attack_data: [{ data: 'https://example.com/a.json', source: 'kubernetes', sourcetype: '_json' }],
      },
    ],
    ...change,
  });

/** A detection file of contentctl 4, with changes to its top level and to its tags. */
export const olderDetection = (change: Change = {}, changedTags: Change = {}): string =>
  stringify({
    ...head,
    tags: {
      ...tags,
      confidence: 70,
      impact: 70,
      message: 'Scan by $user$ from $src_ip$',
      observable: [
        { name: 'user', type: 'User', role: ['Victim'] },
        { name: 'src_ip', type: 'IP Address', role: ['Attacker'] },
      ],
      required_fields: ['verb'],
      risk_score: 12,
      ...changedTags,
    },
    ...change,
  });
