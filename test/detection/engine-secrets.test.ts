import { describe, expect, test } from 'vitest';
import { auditAttributes } from '../../src/detection/kubernetes/attributes.ts';
import { redactedText } from '../../src/detection/kubernetes/redact.ts';
import type { Measure, Plan, Window } from '../../src/detection/plan/plan.ts';
import { riskRecords } from '../../src/detection/risk/risk-records.ts';
import { encodeRecord } from '../../src/record/codec.ts';
import { noticeRecord } from '../../src/record/notice.ts';
import {
  aggregate,
  by,
  EngineRun,
  eventAt,
  is,
  measure,
  planOf,
  testOf,
  tumbling,
} from './engine-fixture.ts';

const audit = { contextOf: auditAttributes, redact: redactedText };
const password = 'requestObject.data.password';
const fields = [
  password,
  'requestObject.stringData.pin',
  'requestObject.spec.containers.env.value',
  'responseObject.status.token',
  'requestURI',
];
/** An event that holds `secret` in every place that is known to hold secrets. */
const leaking = (clock: string, secret: string): string =>
  eventAt(clock, 'ada', {
    objectRef: { resource: 'secrets' },
    requestURI: `/api?watch=1&token=${secret}`,
    requestObject: {
      data: { password: secret },
      stringData: { pin: secret },
      spec: { containers: [{ env: [{ name: 'P', value: secret }] }] },
    },
    responseObject: { status: { token: secret } },
  });

/** All that an engine remembers, and all that it said, as one text. */
function everything({ store, output }: EngineRun): string {
  const state = store.tables('detect/').map((table) => [table, store.scan(table)]);
  const records = [
    ...output.findings.flatMap((finding) => riskRecords(finding, { cluster: '', observedTime: 0n })),
    ...output.notices.map((notice, index) =>
      noticeRecord(notice, output.noticeResources[index] ?? { attributes: {} }, 0n),
    ),
  ].map(encodeRecord);
  return JSON.stringify([state, records]);
}

const windows: readonly Window[] = [
  tumbling('1h'),
  { kind: 'sliding', length: 600_000, lateness: 0 },
  { kind: 'session', gap: 600_000, lateness: 0 },
];
const kinds = ['values', 'min', 'max', 'sum', 'first', 'last', 'distinct', 'count'] as const;

describe('a secret', () => {
  for (const window of windows) {
    test(`is nowhere in what is kept or said, in ${window.kind} windows`, async () => {
      const measures = fields.flatMap((field) => kinds.map((of): Measure => measure(of, field)));
      const emit = window.kind === 'sliding' ? 'first' : 'both';
      const plans: readonly Plan[] = [
        planOf([
          aggregate({ by: fields.map((field) => by(field)), measures, window, emit }),
          { kind: 'suppress', by: fields, period: 3_600_000 },
        ]),
        planOf([aggregate({ by: [by('user.username')], measures, window, emit })], {
          id: 'measured',
          mode: emit === 'both' ? 'scheduled' : 'streaming',
        }),
      ];
      const run = new EngineRun(plans, audit);
      for (const clock of ['12:00', '12:15', '12:40', '12:59']) await run.feed([leaking(clock, '47110815')]);
      expect(run.remembered.length).toBeGreaterThan(2);
      expect(everything(run)).not.toContain('47110815');
      expect(everything(run)).toContain('[redacted]');
      await run.feed([eventAt('20:00', 'eve', { requestURI: '/' })]);
      await run.finish();
      expect(run.findings.length).toBeGreaterThan(0);
      expect(everything(run)).not.toContain('47110815');
    });
  }

  test('is a group of its own all the same, always with the same id', async () => {
    const keysOf = async (secrets: readonly string[]): Promise<readonly string[]> => {
      const run = new EngineRun([planOf([aggregate({ by: [by(password)] })])], audit);
      await run.feed(secrets.map((secret) => leaking('12:00', secret)));
      expect(new Set(run.rows.map((row) => row[password]))).toEqual(new Set(['[redacted]']));
      return run.findings.map(({ keys }) => keys.join());
    };
    const [first, second, ...others] = await keysOf(['hunter2', 'hunter3', 'hunter2']);
    expect(others).toEqual([]);
    expect(first).not.toBe(second);
    expect(await keysOf(['hunter3', 'hunter2'])).toEqual([second, first]);
  });

  test('counts as a value of its own', async () => {
    const measures = [measure('distinct', password), measure('count', password), measure('values', password)];
    const run = new EngineRun([planOf([aggregate({ measures, emit: 'close' })])], audit);
    await run.feed(['a', 'b', 'a'].map((secret) => leaking('12:00', secret)));
    await run.finish();
    expect(run.rows).toEqual([
      {
        'user.username': 'ada',
        [`distinct_${password}`]: '2',
        [`count_${password}`]: '3',
        [`values_${password}`]: '[redacted]',
      },
    ]);
  });

  test('suppresses nothing but itself, and is not in the notice of it', async () => {
    const step = { kind: 'suppress', by: [password], period: 3_600_000 } as const;
    const run = new EngineRun(
      [planOf([aggregate({ by: [by(password)], window: tumbling('1m') }), step])],
      audit,
    );
    await run.feed(['12:00', '12:01'].flatMap((clock) => [leaking(clock, 'one'), leaking(clock, 'two')]));
    expect(run.counters).toMatchObject({ 'detection/p/emitted': 2, 'detection/p/suppressed': 2 });
    await run.feed([leaking('20:00', 'three')]);
    expect(run.noticeKinds).toEqual(['suppressed', 'suppressed']);
    for (const { message, attributes } of run.output.notices) {
      expect(message).toContain(
        `1 more findings up to 2026-04-12T12:01:00Z with the same ${password} as one`,
      );
      expect(attributes?.['finding.fields']).toEqual({ [password]: '[redacted]' });
    }
    expect(new Set(run.output.notices.map(({ identity }) => identity.join())).size).toBe(2);
  });

  test('can be looked for by where; a condition on columns sees what is shown', async () => {
    const having = (value: string) => ({ kind: 'having', where: is(password, value) }) as const;
    const run = new EngineRun(
      [
        planOf([aggregate({ by: [by(password)] })], { where: is(password, 'hunter2') }),
        planOf([aggregate({ by: [by(password)] }), having('[redacted]')], { id: 'shown' }),
        planOf([aggregate({ by: [by(password)] }), having('hunter2')], { id: 'raw' }),
      ],
      audit,
    );
    await run.feed([leaking('12:00', 'hunter2'), leaking('12:00', 'hunter3')]);
    expect(run.findings.map(({ plan }) => plan.id)).toEqual(['p', 'shown', 'shown']);
  });
});

test('an event that imitates a seal is shown without it, and hides nothing else', async () => {
  const forged = `evil\0${'ab'.repeat(16)}`;
  const run = new EngineRun([planOf([aggregate()], { where: testOf('verb', { op: 'exists' }) })], audit);
  await run.feed([eventAt('12:00', forged), eventAt('12:00', 'evil')]);
  expect(run.rows.map((row) => row['user.username'])).toEqual(['evil', 'evil']);
});
