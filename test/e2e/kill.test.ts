import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { AuditEvents } from './audit-events.ts';
import { AuditWriter } from './audit-writer.ts';
import type { AnswerPlan } from './backend.ts';
import { Arrivals } from './arrivals.ts';
import { Program } from './process.ts';
import { seeded } from './random.ts';
import { imbalances, total } from './report.ts';
import { until } from './until.ts';
import { flawless, judge } from './verdict.ts';
import { Workspace } from './workspace.ts';

const seed = Number(process.env['RISKPIPE_SEED'] ?? 20_260_412);
const kills = Number(process.env['RISKPIPE_KILLS'] ?? 50);

/** Lines are written all the while, about 1,800 a second; a file holds 500. */
const writeEveryMs = 10;
const linesAtOnce = 18;
const linesInFile = 500;
/** Rotated files that stay, at least. */
const filesKept = 10;

/**
 * Kills at random moments, under load, with a backend that fails (spec/reliability.md K1). What counts as a life
 * is one in which something was committed: the backend got a finding of a line that did not exist when the process
 * was started. Every fifth life is cut short before that, while it starts, and not counted.
 */
test(
  `killed ${kills} times at random moments, it loses nothing and repeats nothing`,
  { timeout: 170_000 },
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
    const began = performance.now();
    const arrivals = new Arrivals(writer, backend);
    const stopWriting = keepWriting(writer, arrivals);

    let counted = 0;
    let early = 0;
    let queuedAtKill = 0;
    while (counted < kills) {
      const life = new Program(['--config', config], { directory: workspace.directory });
      const before = writer.lines;
      if (counted % 5 === 4 && early < counted / 4) {
        await sleep(random() * 400);
        early++;
      } else {
        await until(
          () => life.exit !== undefined || arrivals.newestLine > before,
          () => `a finding of a line behind line ${before}; it said:\n${life.stderr}`,
          30_000,
        );
        await sleep(random() * 150);
        counted++;
      }
      life.signal('SIGKILL');
      expect(await life.ended(), life.stderr).toBe('SIGKILL');
      queuedAtKill += leftOver(life);
    }

    stopWriting();
    backend.answerWith(() => ({ status: 200 }));
    const last = await workspace.run(config);
    queuedAtKill += leftOver(last);
    await until(
      () => arrivals.complete,
      () => `all that was expected; missing: ${judge(writer.expected, backend.records).lost.join(', ')}`,
      60_000,
    );
    last.signal('SIGTERM');
    expect(await last.ended(), last.stderr).toBe(0);

    console.log(
      `seed ${seed}: ${counted} kills and ${early} while starting, in ${((performance.now() - began) / 1000).toFixed(0)} s; ` +
        `${writer.lines} lines, ${writer.rotations} rotations, ${writer.expected.size} findings, ` +
        `${backend.seen.requests} requests (${backend.seen.refused} refused, ${backend.seen.cut} cut), ` +
        `${backend.redelivered} redelivered, ${queuedAtKill} queued at a kill`,
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
    expect(queuedAtKill).toBeGreaterThan(0);
  },
);

/** One request in twenty is refused, one in twenty is taken and its answer lost; all take a moment. */
function flaky(random: () => number): AnswerPlan {
  return () => {
    const fate = random();
    const delayMs = Math.floor(random() * 20);
    if (fate < 0.05) return { status: 503, delayMs };
    return { status: 200, cut: fate < 0.1, delayMs };
  };
}

/** Writes until the returned function is called, and deletes rotated files that have long been read. */
function keepWriting(writer: AuditWriter, arrivals: Arrivals): () => void {
  let forgotten = 0;
  const timer = setInterval(() => {
    writer.write(linesAtOnce);
    const read = arrivals.newestFile - filesKept;
    while (forgotten < read) writer.forget(forgotten++);
  }, writeEveryMs);
  const stop = (): void => clearInterval(timer);
  onTestFinished(stop);
  return stop;
}

/** Records that an earlier life committed and could not deliver, as this life says at its start. */
function leftOver(life: Program): number {
  const said = life.log.map(({ msg }) => /^(\d+) records? of an earlier run/.exec(msg)?.[1]);
  return said.reduce((sum, records) => sum + Number(records ?? 0), 0);
}
