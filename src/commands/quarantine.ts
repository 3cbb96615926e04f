import { exitCode, type ExitCode } from '../service/exit-code.ts';
import type { Store } from '../store/store.ts';
import { asciiJson } from '../util/ascii-json.ts';
import { quarantinedBy } from '../webhook/quarantine.ts';
import { couldNotStart } from './failure.ts';
import { configOf, type ConfigOptions } from './load-config.ts';
import { openStore } from './open-store.ts';

/**
 * Prints the bodies that receivers could not read, in the store of an instance that does not run: one JSON object on
 * each line, oldest first.
 */
export async function printQuarantine(options: ConfigOptions): Promise<ExitCode> {
  let store: Store | undefined;
  try {
    const config = await configOf(options);
    store = await openStore(config, 'bodies');
    for (const receiver of config.receivers.keys()) {
      for (const body of quarantinedBy(store, receiver)) {
        process.stdout.write(`${asciiJson(JSON.stringify({ receiver, ...body }))}\n`);
      }
    }
    return exitCode.done;
  } catch (error) {
    return couldNotStart(error, 'reach the quarantine (riskpipe has to be stopped for that)');
  } finally {
    await store?.close();
  }
}
