import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Plan } from '../../src/detection/plan/plan.ts';
import { auditAttributes } from '../../src/detection/kubernetes/attributes.ts';
import { aggregate, by, EngineRun, measure, planOf, testOf, tumbling } from './engine-fixture.ts';

const data = '../shared/data/audit';
const columns =
  'objectRef.name objectRef.namespace objectRef.resource requestReceivedTimestamp requestURI responseStatus.code ' +
  'sourceIPs stage user.groups user.uid user.username userAgent verb';

/** The plan of the seed, by hand. */
const seed: Plan = planOf(
  [
    {
      kind: 'allow',
      entries: [
        {
          allowlist: 'kube_allowed_images',
          index: 0,
          where: testOf('objectRef.name', { op: 'glob', patterns: ['*splunk*', '*falco*'], fold: true }),
          owner: 'o',
          reason: 'r',
          expires: undefined,
        },
      ],
    },
    aggregate({
      by: columns.split(' ').map((name) => by(name, '0')),
      measures: [measure('count')],
      window: tumbling('1h', '10m', '50m'),
    }),
  ],
  {
    where: testOf('requestObject.message', { op: 'glob', patterns: ['Pulling image*'], fold: true }),
    about: { ...planOf([]).about, needs: { resource: 'events', level: 'Request' } },
  },
);

const linesOf = (file: string): readonly string[] =>
  readFileSync(`${data}/${file}`, 'utf8')
    .split('\n')
    .filter((line) => line !== '');

async function replay(file: string): Promise<EngineRun> {
  const run = new EngineRun([seed], { contextOf: auditAttributes });
  run.now = 1_790_000_000_000_000_000n;
  const lines = linesOf(file);
  for (let from = 0; from < lines.length; from += 500) await run.feed(lines.slice(from, from + 500));
  await run.feed([], 's', true);
  await run.finish();
  return run;
}

describe.skipIf(!existsSync(data))('the seed detection on recorded logs', () => {
  test('finds exactly the derived events that the Splunk search finds', async () => {
    const expected = linesOf('derived/pulling-events.expected.jsonl').map(
      (line) => JSON.parse(line) as { readonly line: number; readonly seed_spl_matches: boolean },
    );
    const matching = expected.filter(({ seed_spl_matches: matches }) => matches).map(({ line }) => line);
    const lines = linesOf('derived/pulling-events.jsonl');
    const run = await replay('derived/pulling-events.jsonl');
    const times = new Set(
      run.findings.map(({ columns: found }) => found.get('requestReceivedTimestamp')?.[0]),
    );
    const found = lines.flatMap((line, index) => {
      const { requestReceivedTimestamp: time } = JSON.parse(line) as { requestReceivedTimestamp: string };
      return times.has(time) ? [index + 1] : [];
    });
    expect(found).toEqual(matching);
    expect(run.findings).toHaveLength(matching.length);
    expect(run.count('malformed')).toBe(0);
    expect(run.noticeKinds).toEqual([]);
  });

  for (const [file, findings, notices] of [
    ['kube-apiserver-1.34/audit-p1.jsonl', 55, []],
    ['kube-apiserver-1.34/audit-p2.jsonl', 56, []],
    ['kube-apiserver-1.34/audit-p3.jsonl', 0, ['detection_blind']],
    ['codenotary-immudb/k8s.log', 0, ['detection_blind']],
  ] as const) {
    test(`makes ${findings} findings of ${file}, one an event`, async () => {
      const run = await replay(file);
      expect(run.findings).toHaveLength(findings);
      expect(new Set(run.findings.map(({ evidence }) => evidence.join())).size).toBe(findings);
      expect(run.findings.every(({ late, count }) => !late && count === 1)).toBe(true);
      expect(run.count('detection/p/counted')).toBe(findings);
      expect(run.count('evaluated')).toBe(linesOf(file).length);
      expect(run.noticeKinds).toEqual(notices);
      expect(run.remembered).toEqual([]);
    });
  }
});
