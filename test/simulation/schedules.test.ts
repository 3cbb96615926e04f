import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judge } from './judgement.ts';
import { seed, seeds } from './knobs.ts';
import { mountFiles } from './mounted-files.ts';
import { settle } from './virtual-time.ts';
import { World } from './world.ts';

mountFiles();

const schedules = seeds(100, 10_000);

test(
  `${schedules} orders in which reader, sender and timer may get on (D4)`,
  { timeout: 600_000 },
  async () => {
    const orders = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.nat(), async (scheduler, history) => {
        // The start is not part of the race.
        let isScheduled = false;
        const gate = (what: string): Promise<void> =>
          isScheduled ? scheduler.schedule(Promise.resolve(), what).then(() => undefined) : Promise.resolve();
        await World.of(
          history,
          async (world) => {
            await world.boot();
            isScheduled = true;
            const { writer, time } = world;
            const timer = (what: string, run: () => Promise<unknown>): unknown =>
              scheduler.schedule(Promise.resolve(), what).then(run);
            for (let round = 0; round < 4; round++) {
              writer.write(2);
              if (round === 2) writer.rotate();
              void timer('reader', () => world.read(round % 2 === 0));
              void timer('clock', () => time.pass(300));
              void timer('tick', () => world.tick());
              // The order of all that waits, and of what it leads to, is the scheduler's.
              while (scheduler.count() > round) await scheduler.waitOne();
            }
            isScheduled = false;
            await scheduler.waitAll();
            await settle();
            expect(await world.heal()).toBe(true);
            expect(await judge(world)).toEqual([]);
          },
          gate,
        );
        orders.add(
          scheduler
            .report()
            .map(({ label, schedulingType }) => `${schedulingType} ${label}`)
            .join(),
        );
      }),
      { seed, numRuns: schedules },
    );
    expect(orders.size).toBeGreaterThan(schedules / 10);
  },
);
