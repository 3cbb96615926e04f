import { describe, expect, test } from 'vitest';
import { basicText } from '../../../src/exporters/debug/basic-text.ts';
import { detailedText } from '../../../src/exporters/debug/detailed-text.ts';
import { normalText } from '../../../src/exporters/debug/normal-text.ts';
import { plain } from '../../../src/exporters/debug/screen.ts';
import { noticeRecord } from '../../../src/record/notice.ts';
import { logRecord, noResource } from '../../../src/record/record.ts';
import { parseTime } from '../../../src/record/time.ts';
import type { Attributes } from '../../../src/record/value.ts';
import { riskEvent } from '../risk-event.ts';

const screen = { style: plain, width: Infinity };
const observedTime = parseTime('2026-04-12T12:30:20.5Z') ?? 0n;
const normalLines = (record = riskEvent()): string[] => normalText(record, screen).split('\n');
const withAttributes = (attributes: Attributes) =>
  riskEvent({ attributes: { ...riskEvent().attributes, ...attributes } });

describe('normal', () => {
  test('shows an alert so that a person understands it', () => {
    expect(normalLines()).toEqual([
      'RISK 20  Suspicious image web-7c9d.18e pulled by user system:node:n1',
      '         2026-04-12 12:30:19 UTC   kubernetes-suspicious-image-pulling   T1526 Cloud Service Discovery (Discovery)',
      '         user system:node:n1   pod prod/web-7c9d   image docker.io/evil/xmrig:latest   from 192.168.67.2   cluster harbour',
      '         uid 5f1c0000000000000000000000000001',
      '',
    ]);
  });

  test('shows a finding without risk in the same way', () => {
    const [head, second] = normalLines(riskEvent({ eventName: 'riskpipe.finding', body: 'Suspicious pull' }));
    expect(head).toBe('FINDING  Suspicious pull');
    expect(second).toContain('T1526');
  });

  test('shows a notice with what it carries', () => {
    const notice = {
      kind: 'oversize_line',
      message: 'a line was skipped',
      identity: ['x'],
      attributes: { path: '/a', bytes: 7n },
    };
    const [head, second, third] = normalLines(noticeRecord(notice, noResource, observedTime));
    expect(head).toBe('NOTICE   a line was skipped');
    expect(second).toBe('         2026-04-12 12:30:20 UTC   riskpipe.notice');
    expect(third).toBe('         riskpipe.notice.kind=oversize_line   path=/a   bytes=7');
  });

  test('shows any other record by its severity, and only the beginning of a long one', () => {
    const [line] = normalLines(
      logRecord({ observedTime, resource: noResource, severityText: 'WARNING!!', body: 'x'.repeat(1_000) }),
    );
    expect(line).toBe(`WARNING… ${'x'.repeat(399)}…`);
    expect(normalLines(logRecord({ observedTime, resource: noResource, body: { a: [1n] } }))[0]).toBe(
      'LOG      {"a":[1]}',
    );
  });

  test.each<[string, Attributes, RegExp]>([
    ['several images by name', { 'container.image.name': ['a', 'b'] }, /image a, b /],
    [
      'a digest',
      { 'container.image.tags': [], 'container.image.id': 'sha256:ab' },
      /image docker.io\/evil\/xmrig@sha256:ab /,
    ],
    [
      'an impersonated user',
      { 'k8s.audit.impersonated_user.name': 'root' },
      /user system:node:n1   as root /,
    ],
    ['that it came late', { 'finding.late': true }, /late yes$/],
    ['a score with a fraction', { 'risk.score': 12.5 }, /^RISK 12.5 Susp/],
    ['a namespace without a pod', { 'k8s.pod.name': '' }, /namespace prod /],
    [
      'several techniques, each tactic once',
      { 'threat.techniques': [{ id: 'T1', name: 'A' }, { id: 'T2' }] },
      /T1 A, T2 \(Discovery\)$/,
    ],
    ['techniques of no known tactic', { 'threat.tactics': [] }, /T1526 Cloud Service Discovery$/],
  ])('shows %s', (_, attributes, pattern) => {
    expect(normalLines(withAttributes(attributes)).some((line) => pattern.test(line))).toBe(true);
  });

  test('survives an alert whose attributes are of other types than ours', () => {
    const odd = {
      'threat.techniques': ['T1', null, 7, ['x']],
      'threat.tactics': 'x',
      'user.name': { a: 1 },
      'container.image.name': 7,
      'risk.score': 'high'.repeat(99),
    };
    const lines = normalLines(withAttributes(odd));
    expect(lines[0]).toMatch(/^RISK highhighhig… /);
    expect(lines[2]).toContain('user {"a":1}');
  });
});

test.each([
  ['normal', normalText],
  ['detailed', detailedText],
])('%s lets nothing of an event move the cursor, colour the screen or break a line', (_, text) => {
  const nasty = 'a\u001b[2J\r\nRISK 99\u202e\u0007';
  const attributes: Record<string, string> = { [nasty]: nasty };
  for (const name of Object.keys(riskEvent().attributes)) attributes[name] = nasty;
  const scope = { name: nasty, version: nasty, attributes };
  const fields = {
    body: nasty,
    severityText: nasty,
    attributes,
    scope,
    resource: { attributes },
    traceId: nasty,
  };
  for (const eventName of ['riskpipe.risk_event', 'riskpipe.notice', nasty]) {
    const lines = text(riskEvent({ ...fields, eventName }), screen).split('\n');
    // oxlint-disable-next-line no-control-regex
    expect(lines.filter((line) => /[\u0000-\u001f\u007f\u202e]/.test(line))).toEqual([]);
    expect(lines.slice(1).filter((line) => line !== '' && !line.startsWith('         '))).toEqual([]);
  }
  expect(basicText([riskEvent({ eventName: nasty })]).trimEnd()).toBe(
    '1 record: 1 a\\u{1b}[2J\\u{d}\\u{a}RISK 99\\u{202e}\\u{7}',
  );
});

test('detailed shows every attribute, the resource and the scope', () => {
  const lines = detailedText(riskEvent(), screen)
    .split('\n')
    .map((line) => line.trim().replace(/ {2,}/, ': '));
  expect(lines).toEqual(
    expect.arrayContaining([
      'event_name: riskpipe.risk_event',
      'time: 2026-04-12T12:30:19.770193Z',
      'severity: low (10)',
      'attributes',
      'security_rule.name: Kubernetes suspicious image pulling',
      'threat.tactics: [{"id":"TA0007","name":"Discovery"}]',
      'resource',
      'k8s.cluster.name: harbour',
    ]),
  );
  for (const name of Object.keys(riskEvent().attributes)) {
    expect(lines.some((line) => line.startsWith(`${name}: `))).toBe(true);
  }
});

test('basic counts by kind', () => {
  const log = logRecord({ observedTime, resource: noResource });
  const notice = noticeRecord({ kind: 'k', message: 'm', identity: [] }, noResource, observedTime);
  const custom = { ...log, eventName: 'deploy.done' };
  expect(basicText([riskEvent(), riskEvent(), notice, log, custom])).toBe(
    '5 records: 2 risk events, 1 notice, 1 log line, 1 deploy.done\n',
  );
});
