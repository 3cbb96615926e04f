import { afterEach, describe, expect, test } from 'vitest';
import { bodiesOf, ScriptedBackend, type Answer } from '../../chaos/scripted-backend.ts';
import { ExporterBench } from './bench.ts';

const running: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of running.splice(0).reverse()) await one.stop();
});

/** What becomes of two records whose first request is answered like this. */
type Fate = 'delivered' | 'partial' | 'bisected' | 'halved' | 'waits' | 'parked';

const partial = (rejected: number): string =>
  `{"partialSuccess":{"rejectedLogRecords":"${rejected}","errorMessage":"old"}}`;

/** spec/reliability.md §2.3, W16 to W20; the statuses of B4. */
const fates: readonly (readonly [name: string, answer: Answer, fate: Fate])[] = [
  ['200', {}, 'delivered'],
  ['200 with a warning', { body: partial(0) }, 'delivered'],
  ['200 but for one', { body: partial(1) }, 'partial'],
  ['200 but for all', { body: partial(2) }, 'partial'],
  ['204', { status: 204, body: '' }, 'delivered'],
  ['301', { status: 301 }, 'parked'],
  ['400', { status: 400 }, 'bisected'],
  ['401', { status: 401 }, 'parked'],
  ['403', { status: 403 }, 'parked'],
  ['404', { status: 404 }, 'parked'],
  ['408', { status: 408 }, 'parked'],
  ['413', { status: 413 }, 'halved'],
  ['415', { status: 415 }, 'parked'],
  ['429', { status: 429 }, 'waits'],
  ['500', { status: 500 }, 'parked'],
  ['501', { status: 501 }, 'parked'],
  ['502', { status: 502 }, 'waits'],
  ['503', { status: 503 }, 'waits'],
  ['504', { status: 504 }, 'waits'],
  ['507', { status: 507 }, 'parked'],
];

/** The clock of the bench stands at 2026-04-12T12:00:00Z. `ms`: what it asks for, undefined if nothing usable. */
const headers: readonly (readonly [name: string, value: string | undefined, ms: number | undefined])[] = [
  ['no Retry-After', undefined, undefined],
  ['seconds', '7', 7_000],
  ['a date', 'Sun, 12 Apr 2026 12:00:30 GMT', 30_000],
  ['a negative number', '-5', undefined],
  ['a huge number', '99999999999999999999', 600_000],
  ['junk', 'soon', undefined],
];

interface Seen {
  readonly requests: readonly (readonly string[])[];
  readonly counters: Readonly<Record<string, number>>;
  readonly log: string;
}

/** How two records fare that are answered with `answer` first and well from then on. */
async function fateOf(answer: Answer, stopsAt: RegExp | undefined): Promise<Seen> {
  const backend = await ScriptedBackend.start([answer]);
  const bench = await ExporterBench.make({
    endpoint: backend.url,
    retry_on_failure: { initial_interval: '1ms', max_interval: '1ms', probe_interval: '1ms' },
  });
  running.push(backend, bench);
  await bench.start();
  await bench.sendBodies('1', '2');
  if (stopsAt === undefined) await bench.drained();
  else await bench.loggedLike(stopsAt);
  return {
    requests: backend.requests.map(bodiesOf),
    counters: bench.host.counters('otlp_http'),
    log: bench.log.lines.join('\n'),
  };
}

const waitIn = (ms: number): RegExp =>
  new RegExp(`(next try|asks again) in ${ms === 600_000 ? '10m' : `${ms / 1_000}s`}$`);

for (const [header, value, ms] of headers) {
  describe(`with ${header}`, () => {
    test.each(fates)('%s', async (_, plain, fate) => {
      const answer = value === undefined ? plain : { ...plain, headers: { 'Retry-After': value } };
      const long = ms !== undefined && (fate === 'waits' || fate === 'parked');
      const { requests, counters, log } = await fateOf(answer, long ? waitIn(ms) : undefined);
      if (long) {
        expect([requests, counters]).toEqual([[['1', '2']], { records: 2 }]);
        return;
      }
      switch (fate) {
        case 'delivered':
          expect([requests, counters]).toEqual([[['1', '2']], { records: 2, delivered: 2 }]);
          return;
        case 'partial':
          expect([requests, counters]).toEqual([[['1', '2']], { records: 2, dead: 2 }]);
          return;
        case 'bisected':
        case 'halved':
          expect(requests).toEqual([['1', '2'], ['1'], ['2']]);
          expect(counters).toEqual({ records: 2, delivered: 2 });
          return;
        case 'waits':
          expect([requests, counters]).toEqual([
            [
              ['1', '2'],
              ['1', '2'],
            ],
            { records: 2, delivered: 2 },
          ]);
          expect(log).toMatch(/2 records wait, next try in [12]ms/);
          return;
        case 'parked':
          expect(requests).toEqual([['1', '2'], [], ['1', '2']]);
          expect(counters).toEqual({ records: 2, delivered: 2, parked_resend: 2 });
      }
    });
  });
}

test('a probe is an empty request, in the encoding of the exporter', async () => {
  const backend = await ScriptedBackend.start([{ status: 401 }]);
  const bench = await ExporterBench.make({
    endpoint: backend.url,
    encoding: 'proto',
    headers: { Authorization: 'Bearer x' },
    retry_on_failure: { initial_interval: '1ms', max_interval: '1ms', probe_interval: '1ms' },
  });
  running.push(backend, bench);
  await bench.start();
  await bench.sendBodies('1');
  await bench.drained();
  expect(backend.requests[1]?.body).toHaveLength(0);
  expect(backend.requests[1]?.headers).toMatchObject({
    'content-type': 'application/x-protobuf',
    authorization: 'Bearer x',
  });
});
