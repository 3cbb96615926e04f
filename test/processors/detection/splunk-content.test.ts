import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makePlaces } from '../../../scripts/make-places.mjs';
import type { Processor } from '../../../src/pipeline/component.ts';
import { detection } from '../../../src/processors/detection.ts';
import { LineBatch, lineSpans } from '../../../src/record/line-batch.ts';
import { noResource } from '../../../src/record/record.ts';
import { fromMillis, parseTime } from '../../../src/record/time.ts';
import { WorkRunner } from '../../../src/service/work.ts';
import { MemoryStore } from '../../../src/store/memory.ts';
import { ConfigError } from '../../../src/util/problem.ts';
import { RecordingConsumer } from '../../recording-consumer.ts';
import { RecordingLogger } from '../../recording-logger.ts';
import { settings } from '../../settings.ts';

/** A detection as Splunk publishes them: rows by user, with what a lookup and a database of places say. */
const scan = `
name: Scan
id: 2b4bd0b1-7a3c-4f0a-8a2d-64f8b1f1c0aa
version: 1
date: '2026-04-12'
author: nobody
status: production
type: Anomaly
description: who lists pods from where
data_source: [Kubernetes Audit]
search: '\`kube_audit\` verb=list | lookup owners team AS user.username OUTPUT owner | iplocation sourceIPs{}
  | fillnull value=nobody owner | fillnull value=nowhere City | stats count by user.username owner City
  | rename user.username as user | \`scan_filter\`'
how_to_implement: collect audit logs
known_false_positives: none known
references: []
rba:
  message: $user$ of $owner$ in $City$
  risk_objects: [{ field: user, type: user, score: 20 }]
  threat_objects: []
tags:
  analytic_story: [Kubernetes]
  asset_type: Kubernetes
  mitre_attack_id: [T1046]
  product: [Splunk Enterprise Security]
  security_domain: audit
`;
const owners = `
name: owners
id: 5c2f0a2e-6f7e-4a2f-9c64-0d6a0f1f2b3c
version: 1
date: '2026-04-12'
author: nobody
description: who owns what
lookup_type: csv
`;
const kubeAudit = `
name: kube_audit
definition: source="kubernetes"
description: audit logs
`;
const content = {
  detections: ['s/*.yml'],
  macros: { files: ['m/*.yml'] },
  lookups: ['l/*'],
  geoip: { database: 'places.mmdb' },
};
const now = parseTime('2026-04-12T13:00:00Z') ?? 0n;

let directory: string;
let log: RecordingLogger;
let out: RecordingConsumer;
let store: MemoryStore;
let wall: bigint;
let runner: WorkRunner;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'riskpipe-content-'));
  for (const folder of ['s', 'm', 'l']) await mkdir(join(directory, folder));
  await writeFile(join(directory, 's', 'scan.yml'), scan);
  await writeFile(join(directory, 'm', 'kube_audit.yml'), kubeAudit);
  await writeFile(join(directory, 'l', 'owners.yml'), owners);
  await writeFile(join(directory, 'l', 'owners.csv'), 'team,owner\nada,blue\n');
  await writeFile(join(directory, 'places.mmdb'), makePlaces());
  log = new RecordingLogger();
  out = new RecordingConsumer();
  store = new MemoryStore();
  wall = now;
  runner = new WorkRunner(store, () => wall);
});
afterEach(() => rm(directory, { recursive: true }));

async function make(options: object = {}): Promise<Processor> {
  const config = detection.schema.parse({ ...content, ...options });
  return detection.create(settings('logs:detection', { log, directory, now: () => wall }), config, out);
}

const list = (user: string, address: string, rest: object = {}): string =>
  JSON.stringify({
    verb: 'list',
    user: { username: user },
    sourceIPs: [address],
    stageTimestamp: '2026-04-12T12:01:00Z',
    ...rest,
  });

async function feed(processor: Processor, ...lines: readonly string[]): Promise<void> {
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  const batch = new LineBatch({
    stream: 's',
    source: 'audit.log',
    bytes,
    spans: lineSpans(bytes),
    start: 0,
    resource: noResource,
    attributes: {},
    observedTime: wall,
  });
  await runner.run((work) => processor.consume(batch, work));
}

const tick = (processor: Processor): Promise<unknown> => runner.run(async (work) => processor.tick?.(work));

const seen = (): readonly unknown[] => out.records.map(({ body }) => body);

const warnings = (): readonly string[] => log.lines.filter((line) => line.startsWith('warn'));

test('a search runs with the macros, lookups and places of the configuration', async () => {
  await feed(await make(), list('ada', '34.1.2.3'), list('bob', '10.0.0.1'));
  expect(seen()).toEqual(['ada of blue in Amsterdam', 'bob of nobody in nowhere']);
  expect(warnings()).toEqual([]);
});

test('a macro that the configuration defines wins over that of a file', async () => {
  const define = { kube_audit: 'source=elsewhere', scan_filter: 'search user!=ada' };
  const macros = { ...content.macros, define };
  await feed(await make({ macros }), list('bob', '10.0.0.1'));
  expect(seen()).toEqual([]);
  const processor = await make({ macros, splunk: { source: 'elsewhere' } });
  await feed(processor, list('ada', '10.0.0.1'), list('bob', '10.0.0.1'));
  expect(seen()).toEqual(['bob of nobody in nowhere']);
});

test('an option names the field that holds the event time', async () => {
  const processor = await make({ splunk: { time_field: 'at' } });
  await feed(processor, list('ada', '10.0.0.1', { at: '2026-04-12T01:02:03Z' }));
  expect(out.records.map(({ time }) => time)).toEqual([parseTime('2026-04-12T01:02:03Z')]);
});

test('a lookup that was changed is read anew within seconds; one that was spoiled is told of once', async () => {
  const processor = await make();
  const csv = join(directory, 'l', 'owners.csv');
  await tick(processor);
  await writeFile(csv, 'team,owner\nada,green\n');
  await tick(processor);
  await feed(processor, list('ada', '34.1.2.3'));
  wall += fromMillis(5_000);
  await tick(processor);
  await feed(processor, list('ada', '34.1.2.3'));
  await writeFile(csv, 'team\nada\n');
  for (let seconds = 0; seconds < 20; seconds += 5) {
    wall += fromMillis(5_000);
    await tick(processor);
  }
  await feed(processor, list('ada', '8.8.8.8'));
  expect(seen()).toEqual([
    'ada of blue in Amsterdam',
    'ada of green in Amsterdam',
    'ada of green in Mountain View',
  ]);
  expect(log.lines).toEqual([
    `info: ${csv} has changed and was read anew`,
    `warn: ${csv}:1:1 has no field "owner", which the detection "scan" names; what was read before stays in use`,
  ]);
});

test('a clock that is set back does not end the looking', async () => {
  const processor = await make();
  await tick(processor);
  wall -= fromMillis(3_600_000);
  await writeFile(join(directory, 'l', 'owners.csv'), 'team,owner\nada,green\n');
  await tick(processor);
  await feed(processor, list('ada', '34.1.2.3'));
  expect(seen()).toEqual(['ada of green in Amsterdam']);
});

test('start says once that places are asked for and none are known', async () => {
  const processor = await make({ geoip: undefined });
  await processor.start({
    mode: 'run',
    store,
    health: { set: () => {} },
    work: runner.run.bind(runner),
    caughtUp: () => {},
    fail: () => {},
  });
  expect(warnings()).toEqual(['warn: no place of any address is known: "geoip" names no database (scan)']);
});

for (const [what, options, expected] of [
  ['macros', { macros: { files: ['x/*'] } }, 'macros.files[0]: no file matches "x/*"'],
  ['deployments', { deployments: ['x/*'] }, 'deployments[0]: no file matches "x/*"'],
  ['lookups', { lookups: ['x/*'] }, 'lookups[0]: no file matches "x/*"'],
  [
    'places, for want of a file,',
    { geoip: { database: 'x.mmdb' } },
    'x.mmdb the database of places could not be read (ENOENT)',
  ],
  [
    'places, for want of a database,',
    { geoip: { database: 's/scan.yml' } },
    'is no database in the MaxMind DB format',
  ],
] as const) {
  test(`${what} that cannot be found are an error before anything runs`, async () => {
    const failing = make(options);
    await expect(failing).rejects.toBeInstanceOf(ConfigError);
    await expect(failing).rejects.toThrow(expected);
  });
}

test('a lookup without the field that a search names is an error at the head of its table', async () => {
  await writeFile(join(directory, 'l', 'owners.csv'), 'team,owners\nada,blue\n');
  await expect(make()).rejects.toThrow(
    'owners.csv:1:1 has no field "owner", which the detection "scan" names. Did you mean "owners"?',
  );
});

for (const [what, options, path] of [
  ['a database that is no text', { geoip: { database: 1 } }, ['geoip', 'database']],
  ['a time field that no event has', { splunk: { time_field: '_time' } }, ['splunk', 'time_field']],
  ['a macro that is no text', { macros: { define: { a: 1 } } }, ['macros', 'define', 'a']],
] as const) {
  test(`${what} is an error at its place`, () => {
    const { error } = detection.schema.safeParse({ ...content, ...options });
    expect(error?.issues[0]?.path).toEqual(path);
  });
}
