import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Processor } from '../../src/pipeline/component.ts';
import { detection } from '../../src/processors/detection.ts';
import { BatchMemory } from '../../src/record/batch-memory.ts';
import { noticeRecord } from '../../src/record/notice.ts';
import { noResource } from '../../src/record/record.ts';
import { RecordBatch } from '../../src/record/record-batch.ts';
import { LineBatch, lineSpans } from '../../src/record/line-batch.ts';
import { fromMillis, parseTime } from '../../src/record/time.ts';
import { counters } from '../../src/store/counter.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { WorkRunner } from '../../src/service/work.ts';
import { ConfigError } from '../../src/util/problem.ts';
import { RecordingConsumer } from '../recording-consumer.ts';
import { RecordingLogger } from '../recording-logger.ts';
import { settings } from '../settings.ts';

const pulls = `
detection: pulls
title: Pulls
where: { requestObject.message: { glob: 'Pulling*' } }
allow: [ours]
group_by: [{ field: user.username, as: user, default: '0' }]
window: { every: 1h, lateness: 10m }
measures: { count: count() }
risk: { message: 'pull by {user}', objects: [{ field: user, type: user, score: 20 }] }
`;
const ours = `
allowlist: ours
entries: [{ where: { user.username: falco }, owner: o, reason: our own, expires: 2026-01-01 }]
`;
const strict = `
allowlist: strict
entries: [{ where: { user.username: root }, owner: o, reason: r }]
`;
const now = parseTime('2026-04-12T13:00:00Z') ?? 0n;

let directory: string;
let log: RecordingLogger;
let out: RecordingConsumer;
let store: MemoryStore;
let runner: WorkRunner;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'riskpipe-detection-'));
  for (const folder of ['d', 'a']) await mkdir(join(directory, folder));
  await writeFile(join(directory, 'd', 'pulls.yaml'), pulls);
  await writeFile(join(directory, 'a', 'ours.yaml'), ours);
  await writeFile(join(directory, 'a', 'strict.yaml'), strict);
  log = new RecordingLogger();
  out = new RecordingConsumer();
  store = new MemoryStore();
  runner = new WorkRunner(store, () => now);
});
afterEach(() => rm(directory, { recursive: true }));

async function make(options: object = {}): Promise<Processor> {
  const config = detection.schema.parse({ detections: ['d/*.yaml'], allowlists: ['a/*.yaml'], ...options });
  return detection.create(settings('logs:detection', { log, directory, now: () => now }), config, out);
}

const pull = (user: string, minute: number): string =>
  JSON.stringify({
    user: { username: user },
    requestObject: { message: 'Pulling image "x"' },
    stageTimestamp: `2026-04-12T12:${String(minute).padStart(2, '0')}:00Z`,
  });

const feed = (processor: Processor, ...lines: readonly string[]): Promise<void> =>
  feedBytes(processor, Buffer.from(lines.map((line) => `${line}\n`).join('')));

async function feedBytes(processor: Processor, bytes: Buffer, memory?: BatchMemory): Promise<void> {
  const batch = new LineBatch({
    stream: 's',
    source: 'audit.log',
    bytes,
    memory,
    spans: lineSpans(bytes),
    start: 0,
    resource: noResource,
    attributes: { 'log.file.name': 'audit.log' },
    observedTime: now,
  });
  await runner.run((work) => processor.consume(batch, work));
}

const seen = (): readonly unknown[] => out.records.map(({ body }) => body);

test('a line becomes a risk event within its own batch; a known group makes none', async () => {
  await feed(await make(), pull('ada', 1), pull('ada', 2), pull('bob', 3));
  expect(seen()).toEqual(['pull by ada', 'pull by bob']);
  expect(out.records[0]).toMatchObject({ eventName: 'riskpipe.risk_event', observedTime: now });
  expect(out.records[0]?.attributes['log.file.name']).toBe('audit.log');
});

test('of a batch in which every line is found the records are handed on before they are many', async () => {
  const sizes: number[] = [];
  const keep = out.consume.bind(out);
  out.consume = async (batch) => {
    sizes.push(batch.size);
    await keep(batch);
  };
  const users = Array.from({ length: 200 }, (_, index) => `u${index}`);
  await feed(await make(), ...users.map((user) => pull(user, 1)));
  expect(seen()).toEqual(users.map((user) => `pull by ${user}`));
  expect(sizes).toEqual([64, 64, 64, 8]);
});

test('one that is shut down leaves the memory of batches to its successor', async () => {
  const memory = new BatchMemory(8_388_608);
  const line = Buffer.from(`${pull('ada', 1)}\n`);
  const offset = memory.reserve(4_096, 64);
  const bytes = memory.buffer.subarray(offset, offset + line.copy(memory.buffer, offset));
  const { length } = memory.largest(64);
  const processor = await make();
  await feedBytes(processor, bytes, memory);
  expect(memory.largest(64).length).toBeLessThan(length);
  await processor.shutdown(AbortSignal.timeout(1_000));
  expect(memory.largest(64).length).toBe(length);
  expect(seen()).toEqual(['pull by ada']);
});

test('mode scheduled lets nothing leave before the window closes', async () => {
  const processor = await make({ mode: 'scheduled' });
  await feed(processor, pull('ada', 1));
  expect(seen()).toEqual([]);
  await runner.run(async (work) => processor.finish?.(work));
  expect(seen()).toEqual(['pull by ada']);
});

test('a window closes in slices of so many records as a unit of work may bring', async () => {
  const twice = pulls.replace('score: 20 }', 'score: 20 }, { field: user, type: other, score: 1 }');
  await writeFile(join(directory, 'd', 'pulls.yaml'), twice);
  const processor = await make({ mode: 'scheduled' });
  const users = Array.from({ length: 2_100 }, (_, index) => `u${index}`);
  await feed(processor, ...users.map((user) => pull(user, 1)));
  const finish = (): Promise<unknown> => runner.run(async (work) => processor.finish?.(work));
  for (let more: unknown = true; more === true;) {
    const before = out.records.length;
    more = await finish();
    expect(out.records.length - before).toBeLessThanOrEqual(4_096);
    expect(out.records.length).toBeGreaterThan(before);
  }
  expect(out.records).toHaveLength(4_200);
});

test('an override disables a detection, changes its mode or its score, or adds an allowlist', async () => {
  await feed(await make({ overrides: { pulls: { score: 77 } } }), pull('ada', 1));
  expect(out.records[0]?.attributes['risk.score']).toBe(77);
  out.records.length = 0;
  store = new MemoryStore();
  runner = new WorkRunner(store, () => now);
  await feed(
    await make({ overrides: { pulls: { allowlists: ['strict'] } } }),
    pull('root', 1),
    pull('ada', 2),
  );
  expect(seen()).toEqual(['pull by ada']);
  out.records.length = 0;
  await feed(await make({ overrides: { pulls: { mode: 'scheduled' } } }), pull('eve', 1));
  await feed(await make({ overrides: { pulls: { disabled: true } } }), pull('eve', 1));
  expect(seen()).toEqual([]);
});

test('cluster is part of the record id where the resource does not name one', async () => {
  await feed(await make({ cluster: 'a' }), pull('ada', 1));
  store = new MemoryStore();
  runner = new WorkRunner(store, () => now);
  await feed(await make({ cluster: 'b' }), pull('ada', 1));
  const [first, second] = out.records.map(({ attributes }) => attributes['log.record.uid']);
  expect([first !== undefined, first === second]).toEqual([true, false]);
});

test('after idle_timeout a quiet stream lets its windows close', async () => {
  let wall = now;
  runner = new WorkRunner(store, () => wall);
  const processor = await make({ mode: 'scheduled', idle_timeout: '30s' });
  await feed(processor, pull('ada', 1));
  const tick = (): Promise<unknown> => runner.run(async (work) => processor.tick?.(work));
  // The window closes at 13:10, and the stream is idle from 30 seconds after it last brought something.
  wall = now + fromMillis(10 * 60_000);
  await feed(processor, pull('ada', 2));
  wall += fromMillis(29_000);
  await tick();
  expect(seen()).toEqual([]);
  wall += fromMillis(16_000);
  await tick();
  expect(seen()).toEqual(['pull by ada']);
});

test('start says what it detects, and which allowlist entry has expired', async () => {
  const processor = await make();
  await processor.start({
    mode: 'run',
    store,
    health: { set: () => {} },
    work: runner.run.bind(runner),
    caughtUp: () => {},
    fail: () => {},
  });
  expect(log.lines[0]).toBe('info: detecting 1 detection (1 allowlist, 1 entry)');
  expect(log.lines[1]).toContain('entry 0 of the allowlist "ours" has expired and no longer allows');
});

test('an expired entry no longer allows, and is counted', async () => {
  await feed(await make(), pull('falco', 1));
  expect(seen()).toEqual([
    'entry 0 of the allowlist "ours" has expired and no longer allows (owner o: our own)',
    'pull by falco',
  ]);
  expect(counters(store, 'logs:detection').get('allowlist/ours/0/expired')).toBe(1);
});

test('a malformed line is counted and reported with its place; the others are evaluated', async () => {
  await feed(await make(), 'no event', pull('ada', 1), '{"half":');
  expect(seen()).toEqual(['pull by ada']);
  expect(log.lines.filter((line) => line.startsWith('warn'))).toEqual([
    'warn: a line that is no event ends at byte 9 of audit.log: is not framed by "{" and "}"',
    expect.stringContaining('of audit.log: is not framed'),
  ]);
  expect(counters(store, 'logs:detection').get('malformed')).toBe(2);
});

test('a notice from upstream passes unread', async () => {
  const processor = await make();
  const notice = noticeRecord({ kind: 'k', message: 'm', identity: [] }, noResource, now);
  const batch = new RecordBatch([notice], 'audit.log', { stream: 's', offset: 0 });
  await runner.run((work) => processor.consume(batch, work));
  expect(out.records).toEqual([notice]);
  const counted = counters(store, 'logs:detection');
  expect(['evaluated', 'passed', 'handed_on'].map((name) => counted.get(name))).toEqual([undefined, 1, 1]);
});

for (const [what, options, expected] of [
  ['a pattern without files', { detections: ['d/*.yml'] }, 'detections[0]: no file matches "d/*.yml"'],
  [
    'an unknown detection',
    { overrides: { pull: {} } },
    'there is no detection "pull". Did you mean "pulls"?',
  ],
  ['an unknown allowlist', { allowlists: [] }, 'ours'],
] as const) {
  test(`${what} is an error before anything runs`, async () => {
    const failing = make(options);
    await expect(failing).rejects.toBeInstanceOf(ConfigError);
    await expect(failing).rejects.toThrow(expected);
  });
}
