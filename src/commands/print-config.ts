import { printConfig } from '../service/config/print-config.ts';
import { exitCode, type ExitCode } from '../service/exit-code.ts';
import { couldNotStart } from './failure.ts';
import { configOf, type ConfigOptions } from './load-config.ts';

/** Prints the configuration as it will run: merged, substituted, secrets masked. */
export async function printConfiguration(options: ConfigOptions): Promise<ExitCode> {
  try {
    process.stdout.write(printConfig(await configOf(options)));
    return exitCode.done;
  } catch (error) {
    return couldNotStart(error);
  }
}
