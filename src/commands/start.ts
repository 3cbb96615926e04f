import type { Host } from '../pipeline/component.ts';
import type { ExitCode } from '../service/exit-code.ts';
import { OwnLog } from '../service/own-log.ts';
import { Service } from '../service/service.ts';
import { formatProblem } from '../util/problem.ts';
import { couldNotStart } from './failure.ts';
import { configOf, type ConfigOptions } from './load-config.ts';

export interface Started {
  readonly service: Service;
  readonly log: OwnLog;
  /** When it began to read, in milliseconds of `performance.now()`. */
  readonly since: number;
}

/** Reads the configuration and starts it; what stands in the way is said, and its exit code returned. */
export async function start(
  options: ConfigOptions,
  mode: Host['mode'],
  workers?: Host['workers'],
): Promise<Started | ExitCode> {
  let service: Service | undefined;
  let log: OwnLog | undefined;
  try {
    const config = await configOf(options);
    log = new OwnLog(config.telemetry.logs);
    const say = log.of('service');
    for (const warning of config.warnings) say.warn(formatProblem(warning));
    service = await Service.create(config, log, mode, workers);
    if (mode === 'replay' && service.tailing === 0) {
      throw new Error('nothing to replay: no receiver of the configuration reads files');
    }
    const since = performance.now();
    await service.start();
    return { service, log, since };
  } catch (error) {
    const code = couldNotStart(error);
    await service?.stop(true).catch(() => {});
    log?.end();
    return code;
  }
}
