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

/** Lines are written all the while, about 1,000 a second; a file holds 300. */
const writeEveryMs = 10;
const linesAtOnce = 10;
const linesInFile = 300;
/** Rotated files that stay, at least. */
const filesKept = 10;

/**
 * Kills at random moments, under load, with a backend that fails (spec/reliability.md K1). What counts as a life is
 * one in which something was committed. Every fifth life is cut short while it starts, and not counted.
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
    const stopWriting = keepWriting(writer, arrivals);

    let lives = 0;
    let queued = 0;
    for (let counted = 0; counted < kills; lives++) {
      const life = new Program(['--config', config], { directory: workspace.directory });
      if (lives % 5 === 4) await sleep(random() * 400);
      else {
        await committed(life, writer, arrivals);
        await sleep(random() * 150);
        counted++;
      }
      life.signal('SIGKILL');
      expect(await life.ended(), life.stderr).toBe('SIGKILL');
      queued += leftOver(life);
    }

    stopWriting();
    backend.answerWith(() => ({ status: 200 }));
    const last = await workspace.run(config);
    queued += leftOver(last);
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
