import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ContainerFrames } from '../../../src/receivers/file-log/container/container-frames.ts';
import { EnvelopeFrames } from '../../../src/receivers/file-log/envelope/envelope-frames.ts';
import { azureRecords, firehose, pubsubPush, subscription } from '../../envelope/packers.ts';
import { partsOf, writeCri, writeDocker } from '../../receivers/file-log/container/container-log.ts';
import { replayed } from './scan-scene.ts';

const detections = [
  `
detection: reads
title: Reads of secrets
where: { verb: [get, list], objectRef.resource: secrets }
group_by: [{ field: user.username, as: user, default: '0' }]
window: { every: 1m }
measures: { count: count() }
emit: both
`,
];

const event = (index: number, verb: string, pad: number): string =>
  JSON.stringify({
    auditID: String(index),
    verb,
    objectRef: { resource: 'secrets' },
    user: { username: `u${index % 5}` },
    pad: 'x'.repeat(pad),
    stageTimestamp: `2026-04-12T${10 + Math.floor(index / 60)}:${String(index % 60).padStart(2, '0')}:00.000000Z`,
  });

const logs = fc
  .array(fc.tuple(fc.constantFrom('get', 'watch', 'watch'), fc.nat(900)), { minLength: 30, maxLength: 120 })
  .map((events) => events.map(([verb, pad], index) => event(index, verb, pad)));

test('what a scanner finds in the log of a container is what is there, and what the plain log holds', async () => {
  let records = 0;
  await fc.assert(
    fc.asyncProperty(
      logs,
      fc.integer({ min: 40, max: 700 }),
      fc.constantFrom(writeCri, writeDocker),
      async (lines, size, write) => {
        const unwrapping = new ContainerFrames(undefined, 16_777_216);
        const log = lines.flatMap((text) => partsOf({ stream: 'stdout', text }, size, write)).join('');
        const scanned = await replayed(log, detections, { scanner: 'auto', unwrapping });
        expect(scanned).toEqual(await replayed(log, detections, { scanner: 'off', unwrapping }));
        const plain = await replayed(`${lines.join('\n')}\n`, detections, { scanner: 'off' });
        expect([scanned.records, scanned.found]).toEqual([plain.records, plain.found]);
        records += scanned.records.length;
      },
    ),
    { seed: 31, numRuns: 5 },
  );
  expect(records).toBeGreaterThan(50);
}, 60_000);

test('what is found in a file of documents is what the plain log holds, however many events are in each', async () => {
  let records = 0;
  const writers = [
    (page: readonly string[]): string => subscription(page),
    (page: readonly string[]): string => firehose(page),
    (page: readonly string[]): string => azureRecords(page),
    (page: readonly string[]): string => pubsubPush(page.join('')),
  ];
  await fc.assert(
    fc.asyncProperty(
      logs,
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom(...writers),
      async (lines, size, write) => {
        const unwrapping = new EnvelopeFrames('auto', 16_777_216);
        const pages = Array.from({ length: Math.ceil(lines.length / size) }, (_, page) =>
          write(lines.slice(page * size, (page + 1) * size)),
        );
        const wrapped = await replayed(`${pages.join('\n')}\n`, detections, { scanner: 'auto', unwrapping });
        const plain = await replayed(`${lines.join('\n')}\n`, detections, { scanner: 'auto' });
        expect([wrapped.records, wrapped.found]).toEqual([plain.records, plain.found]);
        records += wrapped.records.length;
      },
    ),
    { seed: 32, numRuns: 8 },
  );
  expect(records).toBeGreaterThan(50);
}, 60_000);
