import { describe, expect, test } from 'vitest';
import { readDetection } from '../../../../../src/detection/frontends/splunk/files/read-detection.ts';
import type { DetectionSource } from '../../../../../src/detection/frontends/splunk/files/detection-source.ts';
import { formatProblem } from '../../../../../src/util/problem.ts';
import { YamlFile } from '../../../../../src/util/yaml/yaml-file.ts';
import { currentDetection, olderDetection } from '../detection-text.ts';

function read(text: string): { readonly source: DetectionSource | undefined; readonly problems: string[] } {
  const file = new YamlFile({ path: 'd.yml', text });
  const source = readDetection(file);
  return { source, problems: file.problems.map((problem) => formatProblem({ ...problem, line: 0 })) };
}

const rba = (change: object): object => ({
  message: 'm',
  risk_objects: [{ field: 'user', type: 'user', score: 20 }],
  ...change,
});
const data = { data: 'a', source: 'b', sourcetype: 'c' };

describe('the current schema', () => {
  test('is read whole', () => {
    const { source, problems } = read(currentDetection());
    expect(problems).toEqual([]);
    expect(source?.risk).toEqual({
      message: 'Scan by $user$ from $src_ip$',
      objects: [{ field: 'user', type: 'user', score: 20, impact: undefined, confidence: undefined }],
      threats: [{ field: 'src_ip', type: 'ip_address' }],
    });
  });

  test('needs no more than a name, an id, a type and a search', () => {
    const text = 'name: N\nid: 4d3a17b3-0a6d-4ae0-9421-46623a69c122\ntype: Hunting\nsearch: verb=get\n';
    expect(read(text).problems).toEqual([]);
    expect(read('rba: {}\n').problems).toEqual([
      'd.yml name: is missing',
      'd.yml id: is missing',
      'd.yml type: is missing',
      'd.yml search: is missing',
      'd.yml rba.message: is missing',
      'd.yml rba.risk_objects: is missing',
    ]);
  });

  test.each<[string, string, string]>([
    ['an unknown key', currentDetection({ serch: 'x' }), 'serch: unknown key. Did you mean "search"?'],
    [
      'an unknown tag',
      currentDetection({}, { analytic_storys: [] }),
      'tags.analytic_storys: unknown key. Did you mean "analytic_story"?',
    ],
    ['tags of the older schema', currentDetection({}, { impact: 50 }), 'tags.impact: unknown key'],
    [
      'an unknown key of rba',
      currentDetection({ rba: rba({ risk_object: [] }) }),
      'rba.risk_object: unknown key. Did you mean "risk_objects"?',
    ],
    ['an id that is none', currentDetection({ id: 'x' }), 'id: must be a UUID, such as'],
    ['a negative version', currentDetection({ version: -1 }), 'version: must be at least 0'],
    [
      'a date that is none',
      currentDetection({ date: '10.3.2026' }),
      'date: must be a date, such as 2026-03-10',
    ],
    [
      'an unknown status',
      currentDetection({ status: 'produktion' }),
      'status: "produktion" is not one of production, experimental, deprecated, removed. Did you mean "production"?',
    ],
    [
      'an unknown type',
      currentDetection({ type: 'Anomoly' }),
      'type: "Anomoly" is not one of TTP, Anomaly, Hunting, Correlation. Did you mean "Anomaly"?',
    ],
    ['a search that is a number', currentDetection({ search: 5 }), 'search: must be text, not "5"'],
    ['an empty search', currentDetection({ search: '' }), 'search: must not be empty'],
    [
      'no risk object',
      currentDetection({ rba: rba({ risk_objects: [] }) }),
      'rba.risk_objects: must not be empty',
    ],
    [
      'a score of 0',
      currentDetection({ rba: rba({ risk_objects: [{ field: 'u', type: 'user', score: 0 }] }) }),
      'rba.risk_objects[0].score: must be at least 1',
    ],
    [
      'a score of 101',
      currentDetection({ rba: rba({ risk_objects: [{ field: 'u', type: 'user', score: 101 }] }) }),
      'rba.risk_objects[0].score: must be at most 100',
    ],
    [
      'half a score',
      currentDetection({ rba: rba({ risk_objects: [{ field: 'u', type: 'user', score: 1.5 }] }) }),
      'rba.risk_objects[0].score: must be a whole number, not "1.5"',
    ],
    [
      'an unknown risk object',
      currentDetection({ rba: rba({ risk_objects: [{ field: 'u', type: 'usr', score: 1 }] }) }),
      'rba.risk_objects[0].type: "usr" is not one of system, user, other. Did you mean "user"?',
    ],
    [
      'an unknown threat object',
      currentDetection({ rba: rba({ threat_objects: [{ field: 'u', type: 'ip_adress' }] }) }),
      'Did you mean "ip_address"?',
    ],
    [
      'a technique that is none',
      currentDetection({}, { mitre_attack_id: ['1526'] }),
      'tags.mitre_attack_id[0]: must be an ATT&CK technique',
    ],
    [
      'a technique beside its own part',
      currentDetection({}, { mitre_attack_id: ['T1552', 'T1552.007'] }),
      'tags.mitre_attack_id[0]: "T1552" is there with its sub-technique "T1552.007"; leave it out',
    ],
    ['a CVE that is none', currentDetection({}, { cve: ['CVE-24-1'] }), 'tags.cve[0]: must be a CVE'],
    [
      'an unknown domain',
      currentDetection({}, { security_domain: 'cloud' }),
      'tags.security_domain: "cloud" is not one of',
    ],
    [
      'a period without unit',
      currentDetection({}, { throttling: { fields: ['user'], period: '10' } }),
      'tags.throttling.period: must be a number and s, m or h',
    ],
    [
      'throttling by nothing',
      currentDetection({}, { throttling: { fields: [], period: '1h' } }),
      'tags.throttling.fields: must not be empty',
    ],
    [
      'throttling by a field with a blank',
      currentDetection({}, { throttling: { fields: ['a b'], period: '1h' } }),
      'tags.throttling.fields[0]: must be the name of a field, without blanks',
    ],
    [
      'throttling by a field that is nowhere',
      currentDetection({}, { throttling: { fields: ['dest'], period: '1h' } }),
      'tags.throttling.fields[0]: "dest" does not occur in the search',
    ],
    [
      'a drilldown without search',
      currentDetection({ drilldown_searches: [{ name: 'more' }] }),
      'drilldown_searches[0].search: is missing',
    ],
    [
      'an unknown key of a test',
      currentDetection({ tests: [{ name: 't', attack_data: [{ ...data, sorce: 'x' }] }] }),
      'tests[0].attack_data[0].sorce: unknown key. Did you mean "source"?',
    ],
    [
      'a deployment without schedule',
      currentDetection({ deployment: {} }),
      'deployment.scheduling: is missing',
    ],
  ])('%s is a problem', (_, text, message) => {
    const { source, problems } = read(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(message);
    expect(problems[0]?.startsWith('d.yml ')).toBe(true);
    expect(
      source === undefined || problems[0]?.includes('sub-technique') || problems[0]?.includes('occur'),
    ).toBe(true);
  });

  test('whatever may be left empty may be null', () => {
    const empty = { references: null, data_source: null, drilldown_searches: null, author: null };
    const { source, problems } = read(
      currentDetection(empty, { cve: null, mitre_attack_id: null, throttling: null }),
    );
    expect(problems).toEqual([]);
    expect([source?.references, source?.data_source, source?.drilldown_searches, source?.author]).toEqual([
      [],
      [],
      [],
      '',
    ]);
  });
});

describe('the older schema', () => {
  test('computes its score, whatever the file says of it', () => {
    const { source, problems } = read(olderDetection({}, { impact: 25, confidence: 50 }));
    expect(problems).toEqual([]);
    expect(source?.risk?.objects).toEqual([
      { field: 'user', type: 'user', score: 12, impact: 25, confidence: 50 },
    ]);
    expect(source?.risk?.threats).toEqual([{ field: 'src_ip', type: 'ip_address' }]);
  });

  test('lets other keys be, at every level', () => {
    const extra = {
      datamodel: ['x'],
      tests: [{ name: 't', file: 'x', attack_data: [{ ...data, update_timestamp: true }] }],
    };
    const observable = [{ name: 'u', type: 'User', role: ['Victim'], more: 1 }];
    const { source, problems } = read(
      olderDetection(extra, { kill_chain_phases: ['x'], nist: ['x'], observable }),
    );
    expect(problems).toEqual([]);
    expect(source?.tests[0]?.attack_data[0]).toMatchObject(data);
  });

  test.each<[string, string, string]>([
    ['no impact', olderDetection({}, { impact: undefined }), 'tags.impact: is missing'],
    ['no message', olderDetection({}, { message: undefined }), 'tags.message: is missing'],
    [
      'a confidence above 100',
      olderDetection({}, { confidence: 101 }),
      'tags.confidence: must be at most 100',
    ],
    ['half an impact', olderDetection({}, { impact: 0.5 }), 'tags.impact: must be a whole number, not "0.5"'],
    [
      'two roles',
      olderDetection({}, { observable: [{ name: 'u', type: 'User', role: ['Victim', 'Attacker'] }] }),
      'tags.observable[0].role: must be a list of one role, "Victim" or "Attacker"',
    ],
    [
      'another role',
      olderDetection({}, { observable: [{ name: 'u', type: 'User', role: ['Target'] }] }),
      'tags.observable[0].role[0]: "Target" is not one of Victim, Attacker',
    ],
    ['a search that is a map', olderDetection({ search: {} }), 'search: must be text, not a map'],
  ])('%s is a problem', (_, text, message) => {
    const { source, problems } = read(text);
    expect(problems).toEqual([expect.stringContaining(message)]);
    expect(source).toBeUndefined();
  });
});
