import {
  aggregate,
  atLeast,
  columnsOf,
  EngineRun,
  eventAt,
  planOf,
  tumbling,
} from '../detection/engine-fixture.ts';
import { seeded } from '../e2e/random.ts';
import { faultTest } from './fault-test.ts';
import { seed, size } from './knobs.ts';

const shuffles = size('SHUFFLES', 1_000);
const events = 300;
const latenessSeconds = 300;

const plans = [
  planOf([aggregate({ window: tumbling('10m', '5m'), emit: 'close' }), atLeast('count', 5)], { id: 'often' }),
  planOf([aggregate({ window: tumbling('10m', '5m'), emit: 'close' })], { id: 'each' }),
];

/** What is found, in an order that does not depend on that of the events. */
async function found(lines: readonly string[], random: () => number): Promise<readonly string[]> {
  const run = new EngineRun(plans);
  for (let from = 0; from < lines.length;) {
    const count = 1 + Math.floor(random() * 40);
    await run.feed(lines.slice(from, from + count));
    from += count;
  }
  await run.finish();
  return run.findings
    .map((finding) => JSON.stringify([finding.window, columnsOf(finding)], bigintText))
    .sort();
}

const bigintText = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' ? String(value) : value;

// An event may come as late as the detection allows, in whatever order: what is found stays the same (T2, W14).
faultTest(`T2: ${shuffles} shuffles within the lateness`, { timeoutMs: 300_000 }, async (verdict) => {
  const random = seeded(seed);
  const given = Array.from({ length: events }, () => {
    const second = Math.floor(random() * 3_600);
    const clock = `${12 + Math.floor(second / 3_600)}:${String(Math.floor(second / 60) % 60).padStart(2, '0')}:${String(second % 60).padStart(2, '0')}`;
    return { second, line: eventAt(clock, `user-${Math.floor(random() * 12)}`) };
  }).sort((one, other) => one.second - other.second);
  const inOrder = await found(
    given.map(({ line }) => line),
    random,
  );
  if (inOrder.length === 0) verdict.wrong.push('nothing is found in order');
  for (; verdict.fired < shuffles; verdict.fired++) {
    const shuffled = given
      .map((event) => ({ ...event, arrival: event.second + random() * latenessSeconds }))
      .sort((one, other) => one.arrival - other.arrival);
    const rows = await found(
      shuffled.map(({ line }) => line),
      random,
    );
    for (const row of inOrder) if (!rows.includes(row)) verdict.lost.push(`shuffle ${verdict.fired}: ${row}`);
    for (const row of rows)
      if (!inOrder.includes(row)) verdict.unexpected.push(`shuffle ${verdict.fired}: ${row}`);
  }
});
