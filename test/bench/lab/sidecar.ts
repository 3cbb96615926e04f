import { builtProgram } from './folders.ts';
import { RunningProgram } from './running-program.ts';

/** `riskpipe --config` as it runs beside an apiserver. Resolves when it is ready. */
export function startSidecar(config: string): Promise<RunningProgram> {
  const options = ['--config', config, '--set', 'service.telemetry.logs.level=info'];
  return RunningProgram.start('riskpipe', process.execPath, [builtProgram, ...options]);
}
