import { setTimeout as delay } from 'node:timers/promises';
import { exitCode, type ExitCode } from '../service/exit-code.ts';
import { shortReport } from '../service/counts.ts';
import { receiversOf } from '../service/graph.ts';
import type { Service } from '../service/service.ts';
import { messageOf } from './failure.ts';
import type { ConfigOptions } from './load-config.ts';
import { makeRoomForRequests } from './room-for-requests.ts';
import { Reloading } from './reloading.ts';
import { start, type Started } from './start.ts';
import { stopSignal } from './stop-signals.ts';

const hourMs = 3_600_000;

/**
 * Runs a configuration until a signal ends it or it can go on no longer; reads it anew at SIGHUP and when a file of it
 * changes. `hint` is said once all has been read.
 */
export async function run(options: ConfigOptions, hint = ''): Promise<ExitCode> {
  const stop = stopSignal();
  let hangUp = (): void => {};
  // From the beginning: without a listener the signal ends the process.
  process.on('SIGHUP', () => hangUp());
  const since = Date.now();
  const started = await start(options, 'run');
  if (typeof started === 'number') return started;
  const { service, log } = started;
  const say = log.of('service');
  if (receiversOf(service.graph, 'listen').length > 0) makeRoomForRequests();
  const reloading = new Reloading(options, service, say);
  hangUp = () => void reloading.reload('SIGHUP');
  const ending = new AbortController();
  void reloading.watch(since, ending.signal);
  void settled(service).then(() =>
    say.info(`caught up: ${shortReport(service)}. Waiting for new lines${hint}`),
  );
  const hourly = setInterval(() => say.info(shortReport(service)), hourMs);
  const failed = await Promise.race([
    service.failure.catch((error: unknown) => messageOf(error)),
    stop.then((signal) => {
      say.info(`${signal}: stopping`);
      return undefined;
    }),
  ]);
  clearInterval(hourly);
  ending.abort();
  if (failed !== undefined) say.error(`cannot go on: ${failed}`);
  return ended(started, failed !== undefined);
}

/** Resolves when what was there at the start has been read and, if the backend takes it at once, delivered. */
async function settled(service: Service): Promise<void> {
  await service.caughtUp;
  // That an exporter has failed is told by the service.
  await Promise.race([service.drained().catch(() => {}), delay(2_000, undefined, { ref: false })]);
}

/** Stops the service and says what is left, and what was counted. */
export async function ended({ service, log }: Started, failed: boolean): Promise<ExitCode> {
  const say = log.of('service');
  const left = await service.stop(failed);
  const { durable } = service.store;
  const undelivered = `stopped with ${left} records undelivered`;
  if (left > 0 && failed) say.error(undelivered);
  else if (left > 0 && durable) say.warn(`${undelivered}; they are stored and leave at the next start`);
  else if (left > 0) say.error(`${undelivered}, which are stored nowhere; configure a file_storage`);
  say.info(`stopped: ${shortReport(service)}`);
  log.end();
  if (failed) return exitCode.failed;
  return left > 0 && !durable ? exitCode.undelivered : exitCode.done;
}
