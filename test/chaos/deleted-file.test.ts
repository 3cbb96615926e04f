import type { Delivered } from '../e2e/otlp-json.ts';
import { faultTest } from './fault-test.ts';
import { noticeKind } from './fault-verdict.ts';
import { size } from './knobs.ts';
import { LiveScene } from './live-scene.ts';
import { expect } from 'vitest';

const times = size('DELETIONS', 100);
const unread = 20;

// While nobody reads, the log grows, is rotated, and the rotated file is deleted: what it held is gone for good, and a
// record has to say so, with the time between the last event that was read and the first one that is there (W2).
faultTest(
  `F3: deleted before it was read, ${times} times`,
  { timeoutMs: 60_000 + times * 5_000 },
  async (verdict) => {
    const scene = await LiveScene.begin();
    const { writer, backend } = scene;
    for (; verdict.fired < times; verdict.fired++) {
      const { key, time: before } = writer.writeSuspicious();
      const life = await scene.ready();
      await scene.arrived(key, life);
      life.signal('SIGKILL');
      expect(await life.ended()).toBe('SIGKILL');
      writer.skip(unread);
      writer.rotate();
      writer.forget(writer.rotations - 1);
      const next = writer.writeSuspicious();
      const known = gapsOf(backend.records).length;
      const second = await scene.ready();
      await scene.arrived(next.key, second);
      second.signal('SIGTERM');
      expect(await second.ended(), second.stderr).toBe(0);
      const gaps = gapsOf(backend.records).slice(known);
      const range = gaps.flatMap(timesOf);
      if (gaps.length !== 1) verdict.wrong.push(`${gaps.length} gaps were announced, not 1`);
      else if (
        range.length < 2 ||
        Math.min(...range) < milliseconds(before) ||
        Math.max(...range) > milliseconds(next.time)
      ) {
        verdict.wrong.push(`the gap from ${before} to ${next.time} is said to be ${range.join(' to ')}`);
      }
    }
    await scene.settle(verdict, await scene.ready(), { notices: ['gap', 'crash_loop'] });
  },
);

const gapsOf = (records: readonly Delivered[]): readonly Delivered[] =>
  records.filter((record) => noticeKind(record) === 'gap');

/** The times that a notice names (design §8: RFC 3339), in milliseconds since 1970. */
const timesOf = ({ attributes }: Delivered): readonly number[] =>
  Object.values(attributes).flatMap((value) =>
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? [Date.parse(value)] : [],
  );

const milliseconds = (nanoseconds: string): number => Number(BigInt(nanoseconds) / 1_000_000n);
