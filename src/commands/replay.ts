import { open, type FileHandle } from 'node:fs/promises';
import type { Host } from '../pipeline/component.ts';
import { report, reportLines } from '../service/counts.ts';
import { exitCode, type ExitCode } from '../service/exit-code.ts';
import { couldNotStart, messageOf } from './failure.ts';
import type { ConfigOptions } from './load-config.ts';
import { showProgress } from './progress.ts';
import { ended } from './run.ts';
import { start } from './start.ts';
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
  const progress = showProgress(service, say, since);
  const outcome = await Promise.race([
    service.caughtUp.then(() => service.finish()).then(() => 'finished' as const),
    service.failure.catch((error: unknown) => messageOf(error)),
    stop.then(() => 'stopped' as const),
  ]).catch((error: unknown) => messageOf(error));
  progress.end();
  const counted = report(service.graph, service.store);
  if (outcome === 'finished')
    process.stdout.write(`${[progress.summary(), ...reportLines(counted)].join('\n')}\n`);
  else if (outcome === 'stopped') say.error('stopped before the end; run it again to go on');
  else say.error(`cannot go on: ${outcome}`);
  const { missed } = service;
  if (missed > 0) say.error(`${missed} files or patterns could not be read; what they hold was not seen`);
  const code = await ended(started, outcome !== 'finished' && outcome !== 'stopped');
  await out?.writeFile(`${JSON.stringify(counted, undefined, 2)}\n`);
  return code === exitCode.done && (outcome === 'stopped' || missed > 0) ? exitCode.problemsFound : code;
}
