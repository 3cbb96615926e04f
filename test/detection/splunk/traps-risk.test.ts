import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/detection/finding.ts';
import { Incidents } from '../../../src/detection/incidents.ts';
import { riskRecords } from '../../../src/detection/risk/risk-records.ts';
import type { LogRecord } from '../../../src/record/record.ts';
import { parseTime } from '../../../src/record/time.ts';
import { MemoryStore } from '../../../src/store/memory.ts';
import { runSearch } from './run-search.ts';
import { at, type SearchCase } from './search-case.ts';

/** What becomes of rows as risk: traps of spec/spl.md §7. */

const now = parseTime(at('23:00')) ?? 0n;
const day = 86_400_000;

interface Observable {
  readonly name: string;
  readonly type: string;
  readonly role: readonly string[];
}

const victim: Observable = { name: 'user', type: 'User', role: ['Victim'] };
const attacker: Observable = { name: 'src_ip', type: 'IP Address', role: ['Attacker'] };

/** The `tags` of a detection file in the older schema. */
const tags = (given: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> => ({
  type: 'Anomaly',
  tags: {
    analytic_story: ['Kubernetes Security'],
    asset_type: 'Kubernetes',
    confidence: 50,
    impact: 40,
    message: 'A message',
    observable: [victim, attacker],
    product: [],
    security_domain: 'network',
    ...given,
  },
});

/** The current schema, which names the score. */
const rba = (name: string, techniques: readonly string[] = []): Readonly<Record<string, unknown>> => ({
  name,
  type: 'Anomaly',
  tags: { analytic_story: [], asset_type: 'Kubernetes', mitre_attack_id: techniques, product: [] },
  rba: {
    message: 'A message',
    risk_objects: [{ field: 'user', type: 'user', score: 20 }],
    threat_objects: [{ field: 'src_ip', type: 'ip_address' }],
  },
});

const search =
  'verb=get | stats count by user.username sourceIPs{} | rename user.username as user, sourceIPs{} as src_ip';
const from = (...addresses: readonly string[]): SearchCase['events'] => [
  { verb: 'get', user: { username: 'alice' }, sourceIPs: addresses },
];

const findings = (
  file: Readonly<Record<string, unknown>>,
  events: SearchCase['events'],
): readonly Finding[] => runSearch({ search, events }, 'scheduled', file).findings;

const risks = (found: readonly Finding[]): readonly LogRecord[] =>
  found.flatMap((finding) => riskRecords(finding, { cluster: '', observedTime: now }));

/** Titles of the incidents that risk events make. */
function incidentsOf(records: readonly LogRecord[]): readonly string[] {
  const incidents = new Incidents({
    component: 'incidents',
    rules: {
      risk_threshold: { window: day, score: 100 },
      tactic_threshold: { window: 7 * day, tactics: 3, sources: 4 },
    },
    cluster: '',
    idleTimeoutMs: 60_000,
  });
  const titles: string[] = [];
  incidents.process(records, { stream: 's', offset: 0 }, new MemoryStore().begin(), now, {
    finding: ({ plan }) => void titles.push(plan.title),
    notice: () => {},
    isFull: () => false,
    malformed: () => {},
  });
  return titles;
}

describe('trap 9: each row of a fan-out', () => {
  test('is a risk event of its own for the same user', () => {
    const records = risks(findings(rba('One'), from('10.0.0.1', '10.0.0.2', '34.1.1.1')));
    expect(records.map(({ attributes }) => attributes['risk.object'])).toEqual(['alice', 'alice', 'alice']);
  });
});

describe('trap 35: the score of the older schema rounds half to even', () => {
  for (const [impact, confidence, score] of [
    [25, 50, 12],
    [45, 50, 22],
    [35, 50, 18],
    [70, 70, 49],
    [50, 50, 25],
  ] as const) {
    test(`impact ${impact} and confidence ${confidence} are ${score}`, () => {
      const { plan } = runSearch(
        { search, events: [] },
        'scheduled',
        tags({ impact, confidence, risk_score: 99 }),
      );
      expect(plan.risk?.objects.map((object) => object.score)).toEqual([score]);
    });
  }
});

describe('trap 36: rows add up', () => {
  test('one row is one risk event, with the threat object beside it', () => {
    const [record, ...others] = risks(findings(rba('One'), from('34.1.1.1')));
    expect(others).toEqual([]);
    expect(record?.attributes).toMatchObject({
      'risk.object': 'alice',
      'risk.object.type': 'user',
      'risk.score': 20,
      'threat.objects': [{ value: '34.1.1.1', type: 'ip_address' }],
    });
  });

  for (const [rows, titles] of [
    [5, []],
    [6, ['Risk threshold exceeded']],
  ] as const) {
    test(`${rows} rows of 20 points make ${titles.length === 0 ? 'no' : 'an'} incident, for it takes more than 100`, () => {
      const addresses = Array.from({ length: rows }, (_, index) => `34.1.1.${index}`);
      expect(incidentsOf(risks(findings(rba('One'), from(...addresses))))).toEqual(titles);
    });
  }
});

describe('trap 37: tactics from several detections', () => {
  // Each technique has one tactic: discovery, initial access, credential access.
  const techniques = ['T1526', 'T1190', 'T1552.007'] as const;

  const ofDetections = (...of: readonly (readonly string[])[]): readonly string[] =>
    incidentsOf(
      of.flatMap((ids, index) => risks(findings(rba(`Detection ${index}`, ids), from('34.1.1.1')))),
    );

  test('three tactics from three detections are not enough', () => {
    expect(ofDetections(['T1526'], ['T1190'], ['T1552.007'])).toEqual([]);
  });

  test('three from four are', () => {
    expect(ofDetections(['T1526'], ['T1190'], ['T1552.007'], ['T1526'])).toEqual([
      'ATT&CK tactic threshold exceeded',
    ]);
  });

  test('two from nine are not, but for their sum', () => {
    const nine = Array.from({ length: 9 }, (_, index) => [techniques[index % 2] ?? '']);
    expect(ofDetections(...nine)).toEqual(['Risk threshold exceeded']);
  });

  test('four detections of one tactic are four sources, but one tactic', () => {
    expect(ofDetections(['T1552.007'], ['T1552.007'], ['T1552.007'], ['T1552.007'])).toEqual([]);
  });
});

describe('trap 38: tokens of a message', () => {
  const messageOf = (message: string, events: SearchCase['events'] = from('34.1.1.1')): readonly unknown[] =>
    risks(findings(tags({ message }), events)).map(({ body }) => body);

  test('are columns after the renames', () => {
    expect(messageOf('by $user$ from $src_ip$, $count$ times')).toEqual(['by alice from 34.1.1.1, 1 times']);
  });

  test('stay as they are written if the column was renamed away', () => {
    expect(messageOf('by $user.username$')).toEqual(['by $user.username$']);
  });

  test('hold one value where BY has fanned out', () => {
    const messages = messageOf('from $src_ip$', from('10.0.0.1', '34.1.1.1'));
    expect(new Set(messages)).toEqual(new Set(['from 10.0.0.1', 'from 34.1.1.1']));
  });
});

describe('trap 39: observables of the older schema', () => {
  for (const [type, kind] of [
    ['User', 'user'],
    ['Username', 'user'],
    ['Email Address', 'user'],
    ['User Name', 'other'],
    ['Hostname', 'system'],
    ['IP Address', 'system'],
    ['Container', 'other'],
  ] as const) {
    test(`a victim of type "${type}" is a risk object "${kind}"`, () => {
      const { plan } = runSearch(
        { search, events: [] },
        'scheduled',
        tags({ observable: [{ ...victim, type }] }),
      );
      expect(plan.risk?.objects.map((object) => object.type)).toEqual([kind]);
    });
  }
});
