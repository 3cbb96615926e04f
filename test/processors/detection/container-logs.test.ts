import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ContainerFrames } from '../../../src/receivers/file-log/container/container-frames.ts';
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
        const container = new ContainerFrames(undefined, 16_777_216);
        const log = lines.flatMap((text) => partsOf({ stream: 'stdout', text }, size, write)).join('');
        const scanned = await replayed(log, detections, { scanner: 'auto', container });
        expect(scanned).toEqual(await replayed(log, detections, { scanner: 'off', container }));
        const plain = await replayed(`${lines.join('\n')}\n`, detections, { scanner: 'off' });
        expect([scanned.records, scanned.found]).toEqual([plain.records, plain.found]);
        records += scanned.records.length;
      },
    ),
    { seed: 31, numRuns: 5 },
  );
  expect(records).toBeGreaterThan(50);
}, 60_000);
