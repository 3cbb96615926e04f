import { expect } from 'vitest';
import type { AnswerPlan } from '../../e2e/backend.ts';
import { keepWriting } from '../../e2e/keep-writing.ts';
import { seeded } from '../../e2e/random.ts';
import { until } from '../../e2e/until.ts';
import { builtRiskpipe } from '../../commands/built-riskpipe.ts';
import { FaultProxy, type Fault } from '../fault-proxy.ts';
import { faultTest } from '../fault-test.ts';
import { seed, size } from '../knobs.ts';
import { LiveScene } from '../live-scene.ts';

const refusals = size('REFUSALS', 500);
const cuts = size('CUTS', 1_200);
const quickly = { initial_interval: '2ms', max_interval: '10ms', probe_interval: '10ms' };
const pace = { everyMs: 10, lines: 10, filesKept: 10 };

// Not 413: of a single record it makes a stub, which is another record.
const statuses = [301, 401, 403, 404, 408, 415, 429, 500, 501, 502, 503, 504, 507];
const retryAfters = [undefined, '0', '-5', 'soon', 'Thu, 01 Jan 1970 00:00:00 GMT'];

/** One in `every` requests is answered with something else than success. */
function moody(random: () => number, every: number, others: ReturnType<AnswerPlan>[]): AnswerPlan {
  const pick = <T>(of: readonly T[]): T | undefined => of[Math.floor(random() * of.length)];
  return () => {
    if (random() * every > 1) return { status: 200 };
    const retryAfter = pick(retryAfters);
    const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
    return pick([...others, { status: pick(statuses) ?? 500, headers }]) ?? { status: 200 };
  };
}

faultTest(
  `B4: a backend that refuses ${refusals} times, in every way that can be mended`,
  { timeoutMs: 60_000 + refusals * 500 },
  async (verdict) => {
    const scene = await LiveScene.begin({
      plan: moody(seeded(seed), 2, []),
      wishes: { exporter: { retry_on_failure: quickly } },
    });
    const stopWriting = keepWriting(scene.writer, scene.arrivals, pace);
    const program = await scene.ready();
    await until(
      () => scene.backend.seen.refused >= refusals || program.exit !== undefined,
      () => `${scene.backend.seen.refused} refusals; it said:\n${program.stderr.slice(-2_000)}`,
      30_000 + refusals * 400,
    );
    stopWriting();
    verdict.fired = scene.backend.seen.refused;
    await scene.settle(verdict, program);
  },
);

const partial = { status: 200, body: '{"partialSuccess":{"rejectedLogRecords":"1"}}' };

faultTest(
  'B5: what is refused for good is kept, and arrives once it is sent again',
  { timeoutMs: 120_000 },
  async (verdict) => {
    const plan = moody(seeded(seed), 4, [{ status: 400 }, { status: 400 }, { ...partial, store: false }]);
    const scene = await LiveScene.begin({ plan });
    const stopWriting = keepWriting(scene.writer, scene.arrivals, pace);
    const first = await scene.ready();
    await until(
      () => scene.backend.seen.requests >= 200 || first.exit !== undefined,
      () => `${scene.backend.seen.requests} requests; it said:\n${first.stderr.slice(-2_000)}`,
      60_000,
    );
    stopWriting();
    first.signal('SIGTERM');
    expect(await first.ended(), first.stderr.slice(-2_000)).toBe(0);
    const again = builtRiskpipe(['dead', 'retry', '--all', '--config', scene.config]);
    expect(again.stderr).toBe('');
    verdict.fired = Number(/^(\d+) put back/.exec(again.stdout)?.[1]);
    scene.backend.answerWith(() => ({ status: 200 }));
    await scene.settle(verdict, await scene.ready(), { notices: ['records_refused'] });
  },
);

const breaks: readonly ((random: () => number) => Fault)[] = [
  () => ({ cutUpAfter: 0 }),
  () => ({ cutUpAfter: 0, reset: true }),
  (random) => ({ cutUpAfter: Math.floor(random() * 200) }),
  (random) => ({ cutUpAfter: 200 + Math.floor(random() * 2_000) }),
  (random) => ({ cutUpAfter: 200 + Math.floor(random() * 2_000), reset: true }),
  () => ({ cutDownAfter: 0 }),
  () => ({ cutDownAfter: 0, reset: true }),
  (random) => ({ cutDownAfter: Math.floor(random() * 100) }),
  (random) => ({ cutDownAfter: Math.floor(random() * 100), reset: true }),
  (random) => ({ cutDownAfter: 300 + Math.floor(random() * 1_000) }),
  (random) => ({ delayMs: 2, cutUpAfter: Math.floor(random() * 3_000) }),
  (random) => ({ delayMs: 2, cutDownAfter: Math.floor(random() * 300) }),
];

faultTest(
  `B6: ${cuts} connections that break, before, within and after a request`,
  { timeoutMs: 60_000 + cuts * 200 },
  async (verdict) => {
    const random = seeded(seed);
    const scene = await LiveScene.begin();
    const proxy = await FaultProxy.start(
      scene.backend.port,
      (connection) => breaks[connection % breaks.length]?.(random) ?? {},
    );
    scene.configure({
      exporter: {
        endpoint: proxy.url,
        retry_on_failure: quickly,
      },
    });
    const stopWriting = keepWriting(scene.writer, scene.arrivals, pace);
    const program = await scene.ready();
    await until(
      () => proxy.fired >= cuts || program.exit !== undefined,
      () => `${proxy.fired} cuts; it said:\n${program.stderr.slice(-2_000)}`,
      30_000 + cuts * 150,
    );
    stopWriting();
    verdict.fired = proxy.fired;
    await scene.settle(verdict, program);
    await proxy.stop();
    expect(verdict.redelivered).toBeGreaterThan(0);
  },
);
