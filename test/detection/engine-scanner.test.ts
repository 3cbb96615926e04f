import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EngineOptions } from '../../src/detection/engine.ts';
import { lineScanner } from '../../src/detection/line-scanner.ts';
import type { LineScanner, ScannerMaker } from '../../src/detection/scanner.ts';
import type { Batch } from '../../src/record/batch.ts';
import { formatTime, fromMillis } from '../../src/record/time.ts';
import { at, EngineRun, is, planOf } from './engine-fixture.ts';
import { plans } from './engine-plans.ts';
import { NaiveScanner } from './naive-scanner.ts';
import { transcript } from './transcript.ts';

/** One scanner for equal plans: its tables stay in the memory of batches for as long as that lives. */
const known = new Map<string, LineScanner | undefined>();
const realScanner: ScannerMaker = (given) => {
  const key = JSON.stringify(given.map(({ where }) => where));
  if (!known.has(key)) known.set(key, lineScanner(given));
  return known.get(key);
};

const scannable = plans.filter(({ id }) => id !== 'nothing');

/** A plan whose audit policy may starve it: so there are probes. */
const starved = planOf([], {
  id: 'starved',
  where: is('requestObject.x', 'p'),
  about: { ...planOf([]).about, needs: { resource: 'events', level: 'Request' } },
});
const given = [...scannable, starved];

const event = fc.record(
  {
    second: fc.integer({ min: 0, max: 1_500 }),
    u: fc.constantFrom('a', 'b', 'c'),
    verb: fc.constantFrom('create', 'create', 'get', 'list', 'list', 'watch'),
    level: fc.constantFrom('Metadata', 'Request'),
    objectRef: fc.record({ resource: fc.constantFrom('pods', 'leases', 'events') }),
    sourceIPs: fc.array(fc.constantFrom('1.1.1.1', '2.2.2.2', '3.3.3.3'), { maxLength: 3 }),
    x: fc.constantFrom('p', 'q', 'r'),
    // Some lines are longer than the blocks that the clock goes by.
    pad: fc.oneof(
      { arbitrary: fc.constant(''), weight: 8 },
      fc.nat(70_000).map((length) => 'x'.repeat(length)),
    ),
  },
  { requiredKeys: ['second', 'u', 'verb', 'x'] },
);

const textOf = ({ second, ...rest }: { readonly second: number; readonly [key: string]: unknown }): string =>
  JSON.stringify({ ...rest, stageTimestamp: formatTime(at('12:00') + fromMillis(second * 1_000)) });

/** What may become of a line on its way: it is cut, spelt otherwise, has no time, or is no event at all. */
const spoil: fc.Arbitrary<(line: string) => string> = fc.oneof(
  { arbitrary: fc.constant((line: string) => line), weight: 12 },
  fc.nat(60).map((at) => (line: string) => line.slice(0, at + 1)),
  fc.constant((line: string) => line.replace('"verb"', String.raw`"\u0076erb"`)),
  fc.constant((line: string) => line.replace('"stageTimestamp"', String.raw`"stageTimestam\u0070"`)),
  fc.constant((line: string) => line.replace('"stageTimestamp"', '"requestReceivedTimestamp"')),
  fc.constant((line: string) => line.replace('{', '{"verb":"create","verb":"get",')),
  fc.constant((line: string) => line.replace('}', '}}')),
  fc.constant((line: string) => `${line}\r`),
  fc.constant((line: string) => ` \t${line} `),
  fc.constant(() => '   '),
  fc.constant(() => 'u=a x=q 2026-04-12T12:03:00Z verb=create'),
);

const log = fc
  .array(fc.tuple(event, spoil), { minLength: 1, maxLength: 40 })
  .map((entries) =>
    entries.toSorted(([a], [b]) => a.second - b.second).map(([it, change]) => change(textOf(it))),
  );

const cuts = fc.array(fc.nat(40), { maxLength: 6 });

/** What may be sent as the body of a record, and is no line of a file. */
const sent = fc
  .tuple(log, fc.array(fc.nat(9), { minLength: 1 }))
  .map(([lines, kinds]) => lines.map((line, at) => bodyOf(line, kinds[at % kinds.length])));

function bodyOf(line: string, kind: number | undefined): string {
  const others = [line.replace('{', '{\n'), `${line}\n`, '', 'riskpipe.notice'];
  return others[kind ?? -1] ?? line;
}

async function runOf(
  lines: readonly string[],
  cutsAt: readonly number[],
  options: Partial<EngineOptions>,
  batchOf = (run: EngineRun, some: readonly string[]): Batch => run.batchOf(some),
): Promise<EngineRun> {
  const run = new EngineRun(given, { limits: { blindAfter: 5 }, ...options });
  const lost = new EngineRun(given).output;
  let from = 0;
  for (const cut of [...new Set([...cutsAt, lines.length])].sort((a, b) => a - b)) {
    const batch = lines.slice(from, cut);
    // What is rolled back leaves nothing behind, in the scanner neither.
    const work = run.store.begin();
    run.engine.process(batchOf(run, batch), work, run.now, lost);
    work.rollback();
    await run.feedBatch(batchOf(run, batch));
    from = Math.max(from, cut);
  }
  await run.tick();
  await run.finish();
  return run;
}

/** All that must not differ: not how many lines were malformed, as the scanner takes some of them for events. */
function comparable(run: EngineRun): string {
  const { malformedLines: _, counters, ...said } = JSON.parse(transcript(run)) as Record<string, object>;
  const counts = new Map(Object.entries(counters as Record<string, number>));
  const lines = (counts.get('evaluated') ?? 0) + (counts.get('malformed') ?? 0);
  const malformed = counts.get('malformed') ?? 0;
  for (const [name, value] of counts) {
    if (name.endsWith('/unmatched')) counts.set(name, value + malformed);
  }
  counts.delete('evaluated');
  counts.delete('malformed');
  const state = run.store.tables('detect/').map((table) => [table, run.store.scan(table)]);
  const named = [...counts].filter(([, value]) => value > 0).map(([name, value]) => `${name} ${value}`);
  return JSON.stringify({ said, state, lines, counts: named.toSorted() });
}

describe.each([
  [
    'one that parses',
    (made: NaiveScanner[]): ScannerMaker =>
      (wanted) => {
        const scanner = new NaiveScanner(wanted);
        made.push(scanner);
        return scanner;
      },
  ],
  ['the real one', (): ScannerMaker => realScanner],
] as const)('with a scanner, %s,', (_, makerOf) => {
  test('findings, notices and counters are those without, however the log is spoilt and cut', async () => {
    const made: NaiveScanner[] = [];
    const scannerOf = makerOf(made);
    let findings = 0;
    let blind = 0;
    let malformed = 0;
    await fc.assert(
      fc.asyncProperty(log, cuts, cuts, async (lines, some, others) => {
        const plain = await runOf(lines, some, {});
        findings += plain.findings.length;
        blind += Number(plain.noticeKinds.includes('detection_blind'));
        malformed += plain.count('malformed');
        const scanned = await runOf(lines, others, { scannerOf });
        expect(comparable(scanned)).toBe(comparable(plain));
        for (const { id } of given) {
          const of = (name: string): number => scanned.count(`detection/${id}/${name}`);
          expect(of('unmatched') + of('allowed') + of('counted')).toBe(scanned.count('evaluated'));
        }
      }),
      { seed: 31, numRuns: 25 },
    );
    expect(Math.min(findings, blind, malformed)).toBeGreaterThan(5);
    if (made.length === 0) return;
    const total = (name: 'lines' | 'ruledOut' | 'stamps'): number =>
      made.reduce((sum, { counts }) => sum + counts[name], 0);
    expect(total('ruledOut')).toBeGreaterThan(total('lines') / 5);
    expect(total('stamps')).toBeGreaterThan(10);
  });

  test('so are those of records that were sent, whatever is sent and in whichever requests', async () => {
    const made: NaiveScanner[] = [];
    const received = (run: EngineRun, bodies: readonly string[]): Batch => run.receivedOf(bodies);
    let findings = 0;
    let own = 0;
    await fc.assert(
      fc.asyncProperty(sent, cuts, async (bodies, anywhere) => {
        const some = anywhere.filter((cut) => cut > 0 && cut < bodies.length);
        const plain = await runOf(bodies, some, {}, received);
        const scanned = await runOf(bodies, some, { scannerOf: makerOf(made) }, received);
        expect(comparable(scanned)).toBe(comparable(plain));
        findings += plain.findings.length;
        own += bodies.filter((body) => body.startsWith('riskpipe.')).length;
      }),
      { seed: 32, numRuns: 12 },
    );
    expect(Math.min(findings, own)).toBeGreaterThan(5);
    const total = (name: 'lines' | 'ruledOut'): number =>
      made.reduce((sum, { counts }) => sum + counts[name], 0);
    if (made.length > 0) expect(total('ruledOut')).toBeGreaterThan(total('lines') / 5);
  });

  test('of more records than are scanned at once, and longer ones, none is missed', async () => {
    const pad = 'x'.repeat(50_000);
    const bodies = Array.from({ length: 60 }, (_, second) =>
      textOf({ second, u: 'a', verb: 'create', x: second % 9 === 0 ? 'p' : 'q', pad }),
    );
    const long = textOf({ second: 60, u: 'b', verb: 'create', x: 'p', pad: pad.repeat(22) });
    const feed = async (options: Partial<EngineOptions>): Promise<EngineRun> => {
      const run = new EngineRun(given, options);
      await run.feedBatch(run.receivedOf([...bodies, long]));
      await run.finish();
      return run;
    };
    const scanned = await feed({ scannerOf: makerOf([]) });
    expect(comparable(scanned)).toBe(comparable(await feed({})));
    expect(scanned.findings.length).toBeGreaterThan(0);
    expect(scanned.count('evaluated')).toBe(61);
  });
});
