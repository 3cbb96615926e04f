import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatTime, fromMillis } from '../../src/record/time.ts';
import { aggregate, at, atLeast, by, columnsOf, EngineRun, planOf, tumbling } from './engine-fixture.ts';
import { groups, growing, measures, plans, tumble } from './engine-plans.ts';
import { transcript } from './transcript.ts';

interface Event {
  readonly second: number;
  readonly u: string;
  readonly verb: string;
  readonly sourceIPs?: readonly string[];
  readonly x: string;
}

const event: fc.Arbitrary<Event> = fc.record(
  {
    second: fc.integer({ min: 0, max: 1_500 }),
    u: fc.constantFrom('a', 'b', 'c'),
    verb: fc.constantFrom('create', 'create', 'create', 'get'),
    sourceIPs: fc.array(fc.constantFrom('1.1.1.1', '2.2.2.2', '3.3.3.3'), { maxLength: 3 }),
    x: fc.constantFrom('p', 'q', 'r'),
  },
  { requiredKeys: ['second', 'u', 'verb', 'x'] },
);

/** Mostly in order, as logs are: sorted, then some moved. */
const log = fc
  .tuple(fc.array(event, { minLength: 1, maxLength: 25 }), fc.array(fc.nat(24), { maxLength: 3 }))
  .map(([events, moved]) => {
    const sorted = [...events].sort((a, b) => a.second - b.second);
    for (const index of moved) {
      const [first] = sorted.splice(index % sorted.length, 1);
      if (first !== undefined) sorted.push(first);
    }
    return sorted;
  });

const timeOf = ({ second }: Event): bigint => at('12:00') + fromMillis(second * 1_000);
const lineOf = (given: Event): string => {
  const { second: _, ...rest } = given;
  return JSON.stringify({ ...rest, stageTimestamp: formatTime(timeOf(given)) });
};

async function runOf(
  batches: readonly (readonly string[])[],
  limits = {},
  given = plans,
  room = Number.POSITIVE_INFINITY,
): Promise<EngineRun> {
  const run = new EngineRun(given, { limits });
  run.room = room;
  for (const lines of batches) await run.feed(lines);
  await run.finish();
  return run;
}

describe('whatever comes', () => {
  test('the size of batches makes no difference, nor does a second run', async () => {
    let closes = 0;
    let late = 0;
    await fc.assert(
      fc.asyncProperty(log, fc.array(fc.nat(24)), async (events, cuts) => {
        const lines = [...events.map(lineOf), '{no event'];
        const batches: (readonly string[])[] = [];
        let from = 0;
        for (const cut of [...new Set(cuts)].sort((a, b) => a - b)) {
          batches.push(lines.slice(from, cut));
          from = Math.max(from, cut);
        }
        const whole = await runOf([lines]);
        closes += whole.findings.filter(({ kind }) => kind === 'close').length;
        late += whole.count('detection/close/late');
        expect(transcript(await runOf([...batches, lines.slice(from)]))).toBe(transcript(whole));
        expect(transcript(await runOf([lines]))).toBe(transcript(whole));
      }),
      { seed: 21, numRuns: 40 },
    );
    expect(closes).toBeGreaterThan(100);
    expect(late).toBeGreaterThan(10);
  });

  test('work that is rolled back and done again equals work that is done once', async () => {
    await fc.assert(
      fc.asyncProperty(log, fc.nat(24), fc.boolean(), async (events, cut, restarted) => {
        const lines = events.map(lineOf);
        const limits = { groups: 4 };
        const once = await runOf([lines.slice(0, cut), lines.slice(cut)], limits, plans, 3);
        const run = new EngineRun(plans, { limits });
        run.room = 3;
        await run.feed(lines.slice(0, cut));
        const said = run.findings.length + run.output.notices.length;
        const work = run.store.begin();
        const lost = new EngineRun(plans).output;
        lost.makeRoom(run.room);
        run.engine.process(run.batchOf(lines.slice(cut)), work, run.now, lost);
        work.rollback();
        if (restarted) run.restart();
        expect(run.findings.length + run.output.notices.length).toBe(said);
        await run.feed(lines.slice(cut));
        await run.finish();
        expect(transcript(run)).toBe(transcript(once));
      }),
      { seed: 22, numRuns: 20 },
    );
  });

  test('counters add up', async () => {
    const seen = { suppressed: 0, allowed: 0, late: 0 };
    await fc.assert(
      fc.asyncProperty(log, fc.integer({ min: 1, max: 5 }), async (events, room) => {
        const run = await runOf([['{x', ...events.map(lineOf)]], { groups: room, combinations: room });
        expect(run.count('evaluated')).toBe(events.length);
        expect(run.count('malformed')).toBe(1);
        for (const { id } of plans) {
          const of = (name: string): number => run.count(`detection/${id}/${name}`);
          expect(of('unmatched') + of('allowed') + of('counted')).toBe(events.length);
          expect(of('emitted') + of('suppressed')).toBe(of('findings'));
          expect(run.findings.filter(({ plan }) => plan.id === id)).toHaveLength(of('emitted'));
          expect(of('late')).toBeLessThanOrEqual(of('counted'));
          seen.suppressed += of('suppressed');
          seen.allowed += of('allowed');
          seen.late += of('late');
        }
        expect(run.count('detection/allowing/allowed')).toBe(run.count('allowlist/l/0'));
      }),
      { seed: 23, numRuns: 20 },
    );
    expect(Math.min(seen.suppressed, seen.allowed, seen.late)).toBeGreaterThan(10);
  });

  test('noise never removes a finding: what leaves without it leaves with it', async () => {
    const given = plans.filter(({ id }) => growing.has(id));
    let found = 0;
    const noise = event.map((it) => ({ ...it, u: `noise ${it.u}` }));
    const inOrder = log.map((events) => [...events].sort((a, b) => a.second - b.second));
    await fc.assert(
      fc.asyncProperty(inOrder, fc.array(noise, { maxLength: 20 }), async (events, others) => {
        const all = [...events, ...others].sort((a, b) => a.second - b.second);
        const keysOf = async (lines: readonly Event[]): Promise<readonly string[]> => {
          const run = await runOf([lines.map(lineOf)], {}, given);
          return run.findings.map(({ plan, kind, keys, window }) =>
            [plan.id, kind, window?.start, window?.end, ...keys].join(' '),
          );
        };
        const alone = await keysOf(events);
        found += alone.length;
        expect(await keysOf(all)).toEqual(expect.arrayContaining([...alone]));
      }),
      { seed: 24, numRuns: 20 },
    );
    expect(found).toBeGreaterThan(100);
  });

  test('when room is short, noise may at most move a finding into the overflow, which is announced', async () => {
    const given = [planOf([aggregate({ by: [by('u')], window: tumble }), atLeast('count', 2)])];
    let moved = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('v', 'n1', 'n2', 'n3'), { minLength: 4 }), async (users) => {
        const lines = users.map((u) => lineOf({ second: 1, u, verb: 'create', x: 'p' }));
        const run = await runOf([lines], { groups: 2 }, given);
        if (users.filter((u) => u === 'v').length < 2) return;
        const keys = new Set(run.findings.flatMap((finding) => finding.keys));
        expect(keys.has('["v"]') || keys.has('overflow')).toBe(true);
        if (keys.has('["v"]')) return;
        moved++;
        expect(run.noticeKinds).toEqual(['groups_overflow']);
      }),
      { seed: 25, numRuns: 60 },
    );
    expect(moved).toBeGreaterThan(10);
  });
});

describe('in scheduled mode', () => {
  test('rows are those of lists that are grouped by hand', async () => {
    let rows = 0;
    await fc.assert(
      fc.asyncProperty(log, fc.integer({ min: 1, max: 3 }), async (events, least) => {
        const window = tumbling('5m', '1h', '2m');
        const plan = planOf([aggregate({ by: groups, measures, window }), atLeast('count', least)], {
          mode: 'scheduled',
        });
        const run = await runOf([events.map(lineOf)], {}, [plan]);
        const found = run.findings.map((finding) =>
          JSON.stringify([String(finding.window?.start), columnsOf(finding)]),
        );
        const expected = byHand(events, least);
        rows += expected.length;
        expect([...found].sort()).toEqual([...expected].sort());
      }),
      { seed: 26, numRuns: 50 },
    );
    expect(rows).toBeGreaterThan(100);
  });
});

/** The same search, over the whole list at once. */
function byHand(events: readonly Event[], least: number): readonly string[] {
  const found = new Map<
    string,
    { readonly start: number; readonly group: readonly string[]; rows: Event[] }
  >();
  for (const given of events.filter(({ verb }) => verb === 'create')) {
    const start = Math.floor((given.second - 120) / 300) * 300 + 120;
    const addresses = given.sourceIPs ?? [];
    for (const address of addresses.length === 0 ? ['-'] : addresses) {
      const key = JSON.stringify([start, given.u, address]);
      const entry = found.get(key) ?? { start, group: [given.u, address], rows: [] };
      entry.rows.push(given);
      found.set(key, entry);
    }
  }
  return [...found.values()]
    .filter(({ rows }) => rows.length >= least)
    .map(({ start, group: [u, address], rows }) => {
      const values = [...new Set(rows.map(({ x }) => x))].sort();
      const last = rows.reduce((latest, row) => (row.second >= latest.second ? row : latest));
      const columns = {
        u,
        sourceIPs: address,
        count: String(rows.length),
        values_x: values.length === 1 ? values[0] : values,
        distinct_x: String(values.length),
        last_x: last.x,
      };
      return JSON.stringify([String(at('12:00') + fromMillis(start * 1_000)), columns]);
    });
}
