import { expect, test } from 'vitest';
import { noticeRecord, type Notice } from '../../src/record/notice.ts';
import { noResource, type Resource } from '../../src/record/record.ts';

const notice: Notice = { kind: 'k', message: 'm', identity: ['a', 'b'] };
const of = (name: string): Resource => ({ attributes: { 'k8s.cluster.name': name } });
const uid = (changes: Partial<Notice> = {}, resource = noResource, cluster?: string): unknown =>
  noticeRecord({ ...notice, ...changes }, resource, 7n, cluster).attributes['log.record.uid'];

test('a notice is a warning that says what it is, at its own time if it has one', () => {
  const record = noticeRecord({ ...notice, attributes: { x: 1 } }, of('c'), 7n);
  expect(record).toMatchObject({
    time: undefined,
    observedTime: 7n,
    severityText: 'WARN',
    body: 'm',
    resource: of('c'),
  });
  expect(record.attributes).toEqual({
    'log.record.uid': uid({}, of('c')),
    'riskpipe.notice.kind': 'k',
    x: 1,
  });
  expect(noticeRecord({ ...notice, time: 3n }, noResource, 7n).time).toBe(3n);
});

test('its id is of its kind, its identity and its cluster, and of nothing else', () => {
  expect(uid({ message: 'other', time: 1n })).toBe(uid());
  const others = [uid({ kind: 'l' }), uid({ identity: ['ab'] }), uid({}, of('x')), uid({}, of('y'))];
  expect(new Set([uid(), ...others]).size).toBe(5);
});

test('the cluster is that of the resource, else the one that was configured', () => {
  expect(uid({}, noResource, 'x')).toBe(uid({}, of('x')));
  expect(uid({}, of('x'), 'y')).toBe(uid({}, of('x')));
  expect(uid({}, of(''), 'y')).toBe(uid({}, of('y')));
});
