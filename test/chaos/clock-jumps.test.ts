import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { faultTest } from './fault-test.ts';
import { LiveScene } from './live-scene.ts';
import { command, linux } from './needs.ts';

const source = fileURLToPath(new URL('clock-shim.c', import.meta.url));
const hour = 3_600;
const steps = 8;

interface Jumping {
  readonly what: string;
  /** By how many seconds the clock is off at each step; there are `steps`. */
  readonly offset: (step: number) => number;
  readonly zone?: string;
}

const untilTime = (year: number, month: number, day: number, second: number): number =>
  Math.round((Date.UTC(year, month, day) - Date.now()) / 1_000) + second;

const jumpings: readonly Jumping[] = [
  { what: 'an hour back', offset: (step) => (step < 3 ? 0 : -hour) },
  { what: 'an hour ahead', offset: (step) => (step < 3 ? 0 : hour) },
  {
    what: 'a year ahead, and back again',
    offset: (step) => (step === 3 || step === 4 ? 365 * 24 * hour : 0),
  },
  { what: 'to and fro at every step', offset: (step) => (step % 2 === 0 ? -hour : hour) },
  { what: 'over a leap day', offset: (step) => untilTime(2028, 1, 29, (step - 4) * 12 * hour) },
  // In New York clocks go back at 06:00 UTC.
  {
    what: 'over the end of summer time',
    zone: 'America/New_York',
    offset: (step) => untilTime(2027, 10, 7, (step + 2) * hour),
  },
];

// Windows are over event time, waits over the monotonic clock: what is found does not depend on the wall clock (W12).
for (const { what, offset, zone } of jumpings) {
  faultTest(
    `T1: the clock jumps ${what}`,
    { needs: [linux, command('cc', '--version')] },
    async (verdict) => {
      const scene = await LiveScene.begin();
      const { writer, workspace } = scene;
      const shim = workspace.path('clock-shim.so');
      const built = spawnSync('cc', ['-shared', '-fPIC', '-O1', '-o', shim, source, '-ldl'], {
        encoding: 'utf8',
      });
      if (built.status !== 0) throw new Error(built.stderr);
      const file = workspace.write('offset', '0');
      const program = await scene.ready({
        environment: {
          LD_PRELOAD: shim,
          RISKPIPE_CLOCK_FILE: file,
          ...(zone === undefined ? {} : { TZ: zone }),
        },
      });
      for (let step = 0; step < steps; step++) {
        const seconds = offset(step);
        writeFileSync(file, String(seconds));
        writer.write(150);
        await scene.arrived(writer.writeSuspicious().key, program);
        // When the program saw the newest record, by its own clock.
        const observed = Number(scene.backend.records.at(-1)?.observedTime ?? 0) / 1e9;
        if (Math.abs(observed - (Date.now() / 1_000 + seconds)) < 60 && seconds !== 0) verdict.fired++;
      }
      await scene.settle(verdict, program);
    },
  );
}
