import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { AuditEvents } from './audit-events.ts';
import { AuditWriter } from './audit-writer.ts';
import { Arrivals } from './arrivals.ts';
import { flaky } from './flaky.ts';
import { keepWriting } from './keep-writing.ts';
import type { Program } from './process.ts';
import { seeded } from './random.ts';
import { imbalances, total } from './report.ts';
import { until } from './until.ts';
import { flawless, judge } from './verdict.ts';
import { Workspace } from './workspace.ts';

const seed = Number(process.env['RISKPIPE_SEED'] ?? 20_260_412);
const kills = Number(process.env['RISKPIPE_KILLS'] ?? 50);

/** About 400 lines a second; a file holds 150. */
const pace = { everyMs: 10, lines: 4, filesKept: 10 };
const linesInFile = 150;

/**
 * Kills at random moments, under load, with a backend that fails (spec/reliability.md K1). What counts as a life is
 * one in which something was committed. Every 25th life is cut short while it starts, and not counted.
 */
test(
  `killed ${kills} times at random moments, it loses nothing and repeats nothing`,
  { timeout: 60_000 + kills * 3_000 },
  async () => {
    const random = seeded(seed);
    const workspace = new Workspace();
    const backend = await workspace.backend(flaky(random));
    const writer = new AuditWriter(workspace.logs, new AuditEvents(seed, Date.now()), {
      rotateEvery: linesInFile,
      split: 0.05,
      seed,
    });
    const config = workspace.configure(backend.endpoint);
    const arrivals = new Arrivals(writer, backend);
    const stopWriting = keepWriting(writer, arrivals, pace);

    let lives = 0;
    let queued = 0;
    for (let counted = 0; counted < kills; lives++) {
      const life = workspace.start(['--config', config]);
      if (lives % 25 === 24) await sleep(random() * 400);
      else {
        await committed(life, writer, arrivals);
        await sleep(random() * 150);
        counted++;
      }
      life.signal('SIGKILL');
      expect(await life.ended(), life.stderr).toBe('SIGKILL');
      queued += life.leftOver;
    }

    stopWriting();
    backend.answerWith(() => ({ status: 200 }));
    const last = await workspace.run(config);
    queued += last.leftOver;
    await until(
      () => arrivals.complete,
      () => `all that was expected; missing: ${judge(writer.expected, backend.records).lost.join(', ')}`,
      60_000,
    );
    last.signal('SIGTERM');
    expect(await last.ended(), last.stderr).toBe(0);

    const { requests, refused, cut } = backend.seen;
    console.log(
      `seed ${seed}: ${kills} kills and ${lives - kills} while starting, ${writer.lines} lines, ` +
        `${writer.rotations} rotations, ${writer.expected.size} findings, ${requests} requests ` +
        `(${refused} refused, ${cut} cut), ${backend.redelivered} redelivered, ${queued} queued at a kill`,
    );
    expect(judge(writer.expected, backend.records)).toEqual(flawless);
    expect(backend.wrong).toEqual([]);
    // Each line was counted in one transaction, whatever was killed around it.
    const { report } = await workspace.replay(config);
    expect(total(report, 'lines')).toBe(writer.lines);
    expect(imbalances(report)).toEqual([]);
    // Without these the run would prove nothing.
    expect(backend.redelivered).toBeGreaterThan(0);
    expect(writer.rotations).toBeGreaterThan(0);
    expect(queued).toBeGreaterThan(0);
  },
);

/**
 * Resolves once `life`, which has just been started, has committed something: the backend got a finding of a line
 * that did not exist before, which only this life can have read.
 */
async function committed(life: Program, writer: AuditWriter, arrivals: Arrivals): Promise<void> {
  const before = writer.lines;
  await until(
    () => life.exit !== undefined || arrivals.newestLine > before,
    () => `a finding of a line behind line ${before}; it said:\n${life.stderr}`,
    30_000,
  );
}
