import { open, type FileHandle } from 'node:fs/promises';
import type { Host } from '../pipeline/component.ts';
import { ClosedOutputError } from '../pipeline/outbox/closed-output-error.ts';
import { report, reportLines } from '../service/counts.ts';
import { exitCode, type ExitCode } from '../service/exit-code.ts';
import { couldNotStart, messageOf } from './failure.ts';
import type { ConfigOptions } from './load-config.ts';
import { showProgress } from './progress.ts';
import { ended } from './run.ts';
import { start, type Started } from './start.ts';
import { stopSignal } from './stop-signals.ts';

export interface ReplayOptions {
  /** A file to be written. */
  readonly report?: string;
  /** How many threads scan what is read (`Host`); with 1 the one that does all else does that, too. */
  readonly workers: NonNullable<Host['workers']>;
}

/**
 * Reads all that is there now to its end, closes the windows, delivers everything, says what was counted, and ends.
 * `report` gets the counters as JSON (`Report`).
 */
export async function replay(
  options: ConfigOptions,
  { report: file, workers }: ReplayOptions,
): Promise<ExitCode> {
  const stop = stopSignal();
  let out: FileHandle | undefined;
  try {
    // A replay may take long, so what cannot be written is said before it.
    if (file !== undefined) out = await open(file, 'w');
  } catch (error) {
    return couldNotStart(error);
  }
  const started = await start(options, 'replay', workers);
  if (typeof started === 'number') return started;
  const { service, log, since } = started;
  const say = log.of('service');
  // An exporter that needs it finds out for itself that nobody reads; the summary may go unread.
  process.stdout.on('error', () => {});
  const progress = showProgress(service, say, since);
  const outcome = await Promise.race([
    service.caughtUp.then(() => service.finish()).then(() => 'finished' as const),
    service.failure,
    stop.then(() => 'stopped' as const),
  ]).catch((error: unknown) => (error instanceof ClosedOutputError ? ('unread' as const) : messageOf(error)));
  progress.end();
  const counted = report(service.graph, service.store);
  if (outcome === 'finished')
    process.stdout.write(`${[progress.summary(), ...reportLines(counted)].join('\n')}\n`);
  else if (outcome === 'stopped') say.error('stopped before the end; run it again to go on');
  else if (outcome === 'unread') say.info('stopped before the end: nobody reads standard output any more');
  else say.error(`cannot go on: ${outcome}`);
  const { missed } = service;
  if (missed > 0) say.error(`${missed} files or patterns could not be read; what they hold was not seen`);
  const code =
    outcome === 'unread'
      ? await endedUnread(started)
      : await ended(started, outcome !== 'finished' && outcome !== 'stopped');
  await out?.writeFile(`${JSON.stringify(counted, undefined, 2)}\n`);
  return code === exitCode.done && (outcome === 'stopped' || missed > 0) ? exitCode.problemsFound : code;
}

/** As a filter ends whose reader has gone: what is undelivered nobody waits for, so nothing is said of it. */
async function endedUnread({ service, log }: Started): Promise<ExitCode> {
  await service.stop();
  log.end();
  return exitCode.problemsFound;
}
