import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { DetectorFiles } from '../../src/library/detector-options.ts';
import { Detector } from '../../src/library/detector.ts';
import { ConfigError } from '../../src/util/problem.ts';

const filesIn = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ({ path: join(folder, name), text: readFileSync(join(folder, name), 'utf8') }));

const shipped: DetectorFiles = {
  detections: filesIn('pipelines/detections'),
  allowlists: filesIn('pipelines/allowlists'),
};
const sample = readFileSync('examples/audit.log', 'utf8').trimEnd().split('\n');
const now = new Date('2026-04-12T13:00:00Z');

const uidsOf = (
  records: readonly { readonly attributes: Readonly<Record<string, unknown>> }[],
): readonly unknown[] => records.map(({ attributes }) => attributes['log.record.uid']);

/** A count of denied requests of a user in an hour. */
const denied = (atLeast: number) => ({
  path: 'denied.yaml',
  text: JSON.stringify({
    detection: 'denied',
    uuid: '2f0c2a4e-5d8e-4b6a-9a53-0d4f6f7f1c12',
    version: 1,
    status: 'test',
    title: 'Many denied requests',
    description: 'A user is refused often.',
    where: { 'responseStatus.code': 403 },
    window: { every: '1h', lateness: '1m' },
    group_by: [{ field: 'user.username', as: 'user' }],
    measures: { count: 'count()' },
    having: { count: { at_least: atLeast } },
    emit: 'close',
    risk: {
      message: '{user} was refused {count} times',
      objects: [{ field: 'user', type: 'user', score: 40 }],
    },
  }),
});
const refusal = (at: string): string =>
  JSON.stringify({
    kind: 'Event',
    auditID: at,
    verb: 'get',
    user: { username: 'ada' },
    responseStatus: { code: 403 },
    stageTimestamp: `2026-04-12T${at}.000000Z`,
  });

describe('a detector', () => {
  test('finds in lines what the pipeline finds in the log', async () => {
    const detector = new Detector(shipped, { cluster: 'prod' });
    expect(detector.ids).toEqual(['kubernetes-suspicious-image-pulling']);
    const { records, malformed } = await detector.evaluate(sample, now);
    expect(malformed).toEqual([]);
    expect(records).toHaveLength(4);
    expect(new Set(records.map(({ eventName }) => eventName))).toEqual(new Set(['riskpipe.risk_event']));
    expect(new Set(records.map(({ attributes }) => attributes['k8s.cluster.name']))).toEqual(
      new Set(['prod']),
    );
  });

  test('finds the same however lines are cut into calls, and calls overlap', async () => {
    const whole = await new Detector(shipped).evaluate(sample, now);
    const detector = new Detector(shipped);
    const parts = await Promise.all(sample.map((line) => detector.evaluate([line], now)));
    expect(uidsOf(parts.flatMap(({ records }) => records))).toEqual(uidsOf(whole.records));
  });

  test('remembers between calls, and closes windows when time moves on or the log ends', async () => {
    for (const [end, closed] of [
      ['tick', new Date('2026-04-12T16:00:00Z')],
      ['finish', now],
    ] as const) {
      const detector = new Detector({ detections: [denied(2)] });
      await detector.tick(new Date('2026-04-12T12:00:00Z'));
      for (const at of ['12:10:00', '12:20:00']) {
        expect((await detector.evaluate([refusal(at)], now)).records).toEqual([]);
      }
      const { records } = await detector[end](closed);
      expect(records.map(({ body }) => body)).toEqual(['ada was refused 2 times']);
    }
  });

  test('says which lines are no events, and goes on behind them', async () => {
    const detector = new Detector(shipped);
    const lines = ['', 'no event', ...sample.slice(0, 2), '{"cut', ...sample.slice(2)];
    const { records, malformed } = await detector.evaluate(lines, now);
    expect(malformed.map(({ index }) => index)).toEqual([1, 4]);
    expect(records).toHaveLength(4);
    expect((await detector.evaluate(['[]'], now)).malformed).toMatchObject([{ index: 0 }]);
  });

  test('takes an event that is written over several lines for one', async () => {
    const pretty = sample.map((line) => JSON.stringify(JSON.parse(line), undefined, 2));
    expect((await new Detector(shipped).evaluate(pretty, now)).records).toHaveLength(4);
  });

  test('refuses files that cannot be compiled, with all that is wrong and where', () => {
    const wrong = [denied(2), { path: 'bad.yaml', text: 'detection: [' }];
    expect(() => new Detector({ detections: wrong })).toThrow(ConfigError);
    expect(() => new Detector({ detections: wrong })).toThrow(/^bad\.yaml:1:/m);
    expect(() => new Detector({ detections: [denied(2), denied(3)] })).toThrow('is already in denied.yaml');
  });

  test('attributes of the resource go into the records, and its cluster counts before the option', async () => {
    const resource = { 'k8s.cluster.name': 'edge', 'k8s.node.name': 'n1' };
    const { records } = await new Detector(shipped, { cluster: 'prod', resource }).evaluate(sample, now);
    expect(records[0]?.resource.attributes).toEqual(resource);
    const { records: alone } = await new Detector(shipped, { cluster: 'edge' }).evaluate(sample, now);
    expect(uidsOf(records)).toEqual(uidsOf(alone));
  });
});
